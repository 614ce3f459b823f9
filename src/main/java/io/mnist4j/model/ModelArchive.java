package io.mnist4j.model;

import io.mnist4j.data.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The model file: a zip with the entries that DL4J's {@link ModelSerializer} writes, so that stock
 * DL4J reads it, plus one entry, {@code mnist4j.json}, that says where the model comes from.
 */
public final class ModelArchive {
  static final String PROVENANCE_ENTRY = "mnist4j.json";
  private static final int MAX_TEXT_BYTES = 1 << 24;

  private ModelArchive() {}

  /** As {@link #write(Path, TrainedModel, Map)} with no further entries. */
  public static void write(Path target, TrainedModel model) throws IOException {
    write(target, model, Map.of());
  }

  /**
   * Writes network, updater state and provenance; the target is the old file or the whole new one.
   *
   * @param texts further entries: name → content
   * @throws IOException if the file cannot be written
   */
  public static void write(Path target, TrainedModel model, Map<String, String> texts)
      throws IOException {
    AtomicFile.write(target, temporary -> writeZip(temporary, model, texts));
  }

  private static void writeZip(Path file, TrainedModel model, Map<String, String> texts)
      throws IOException {
    MultiLayerNetwork network = model.network();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      // Floats hardly compress; trying costs more than all the rest.
      zip.setLevel(Deflater.BEST_SPEED);
      put(zip, PROVENANCE_ENTRY, model.provenance().toJson());
      for (Map.Entry<String, String> text : texts.entrySet()) {
        put(zip, text.getKey(), text.getValue());
      }
      put(zip, ModelSerializer.CONFIGURATION_JSON, network.getLayerWiseConfigurations().toJson());
      zip.setLevel(Deflater.NO_COMPRESSION);
      put(zip, ModelSerializer.COEFFICIENTS_BIN, network.params());
      INDArray updaterState = network.getUpdater().getStateViewArray();
      if (updaterState != null && updaterState.length() > 0) {
        put(zip, ModelSerializer.UPDATER_BIN, updaterState);
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /** What {@link Nd4j#write} writes: it takes the numbers one by one, ten times as long. */
  private static void put(ZipOutputStream zip, String name, INDArray array) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip, 1 << 10));
    INDArray whole = array.isView() ? array.dup() : array;
    DataBuffer numbers = whole.data();
    whole.shapeInfoDataBuffer().write(out);
    out.writeUTF(numbers.allocationMode().name());
    out.writeLong(numbers.length());
    out.writeUTF(numbers.dataType().name());
    try {
      write(numbers.asNioFloat(), out);
    } finally {
      // ND4J frees the numbers with their array.
      Reference.reachabilityFence(whole);
    }
    out.flush();
    zip.closeEntry();
  }

  private static void write(FloatBuffer numbers, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    while (numbers.hasRemaining()) {
      int count = Math.min(numbers.remaining(), bytes.capacity() / Float.BYTES);
      bytes.asFloatBuffer().put(numbers.slice(numbers.position(), count));
      numbers.position(numbers.position() + count);
      out.write(bytes.array(), 0, count * Float.BYTES);
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

  /**
   * Reads where a model comes from, for which ND4J need not be started.
   *
   * @throws ModelException if the file is missing, damaged or not ours
   */
  public static Provenance readProvenance(Path file) throws ModelException {
    try {
      return Provenance.fromJson(readText(file, PROVENANCE_ENTRY));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s: its %s %s".formatted(file, PROVENANCE_ENTRY, e.getMessage()), e);
    }
  }

  /**
   * Reads one of the texts that {@link #write(Path, TrainedModel, Map)} took.
   *
   * @throws ModelException if the file is missing, damaged or has no such entry
   */
  public static String readText(Path file, String entryName) throws ModelException {
    if (Files.isDirectory(file)) {
      throw new ModelException(file + " is a folder; name the model.zip in it");
    }
    if (!Files.exists(file)) {
      throw new ModelException(
          "%s: no such file; `mnist4j train` writes runs/NAME/model.zip".formatted(file));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      checkCrcs(zip);
      ZipEntry entry = zip.getEntry(entryName);
      if (entry == null) {
        throw new ModelException(
            "%s has no entry %s: it was not written by mnist4j".formatted(file, entryName));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return new String(in.readNBytes(MAX_TEXT_BYTES), StandardCharsets.UTF_8);
      }
    } catch (ZipException e) {
      throw new ModelException(
          "%s is damaged or not a model archive: %s; take a good copy or train it again"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ModelException("cannot read %s: %s".formatted(file, e.getMessage()), e);
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
}
