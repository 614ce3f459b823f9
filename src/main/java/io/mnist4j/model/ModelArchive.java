package io.mnist4j.model;

import io.mnist4j.data.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The model file: the zip that DL4J's {@link ModelSerializer} writes, so that stock DL4J reads it,
 * plus one entry, {@code mnist4j.json}, that says where the model comes from.
 */
public final class ModelArchive {
  static final String PROVENANCE_ENTRY = "mnist4j.json";
  private static final int MAX_PROVENANCE_BYTES = 1 << 20;

  private ModelArchive() {}

  /**
   * Writes network, updater state and provenance; the target is the old file or the whole new one.
   *
   * @throws ModelException if the file cannot be written
   */
  public static void write(Path target, TrainedModel model) throws ModelException {
    try {
      AtomicFile.write(
          target,
          temporary -> {
            ModelSerializer.writeModel(model.network(), temporary.toFile(), true);
            try (FileSystem zip = FileSystems.newFileSystem(temporary)) {
              Files.writeString(zip.getPath(PROVENANCE_ENTRY), model.provenance().toJson());
            }
          });
    } catch (IOException e) {
      throw new ModelException("cannot write %s: %s".formatted(target, reason(e)), e);
    }
  }

  /**
   * Reads a model that {@link #write} wrote.
   *
   * @throws ModelException if the file is missing, damaged or not ours
   */
  public static TrainedModel read(Path file) throws ModelException {
    Provenance provenance = readProvenance(file);
    try {
      MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
      return new TrainedModel(network, provenance);
    } catch (IOException | RuntimeException e) {
      // DL4J reports bad content by whatever exception its parsing ran into.
      throw new ModelException(
          "%s: DL4J cannot read the network in it: %s; train it again or take a good copy"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Provenance readProvenance(Path file) throws ModelException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      checkCrcs(zip);
      ZipEntry entry = zip.getEntry(PROVENANCE_ENTRY);
      if (entry == null) {
        throw new ModelException(
            "%s has no entry %s: it was not written by mnist4j".formatted(file, PROVENANCE_ENTRY));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        String json = new String(in.readNBytes(MAX_PROVENANCE_BYTES), StandardCharsets.UTF_8);
        return Provenance.fromJson(json);
      }
    } catch (NoSuchFileException e) {
      throw new ModelException(
          "%s: no such file; `mnist4j train` writes runs/<name>/model.zip".formatted(file), e);
    } catch (ZipException e) {
      throw new ModelException(
          "%s is damaged or not a model archive: %s; take a good copy or train it again"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ModelException("cannot read %s: %s".formatted(file, reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s: its %s %s".formatted(file, PROVENANCE_ENTRY, e.getMessage()), e);
    }
  }

  /** {@link ZipFile} itself, and so DL4J, would take damaged content without a word. */
  private static void checkCrcs(ZipFile zip) throws IOException {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
        in.skip(Long.MAX_VALUE);
        if (in.getChecksum().getValue() != entry.getCrc()) {
          throw new ZipException("the checksum of its entry " + entry.getName() + " is wrong");
        }
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.FileSystemException nio && nio.getReason() != null
        ? nio.getReason()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
