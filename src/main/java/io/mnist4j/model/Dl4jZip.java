package io.mnist4j.model;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A zip with the entries of DL4J's {@link ModelSerializer}, opened and found undamaged.
 *
 * <p>DL4J's own reading deserialises Java objects wherever a file has some, which lets the file's
 * author run anything. This one reads JSON and numbers only.
 */
public final class Dl4jZip implements AutoCloseable {
  private static final int MAX_TEXT_BYTES = 1 << 24;

  private final Path file;
  private final ZipFile zip;

  private Dl4jZip(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a zip and checks the sums of all that is in it.
   *
   * @throws ModelException if the file is missing, no zip, or damaged
   */
  public static Dl4jZip open(Path file) throws ModelException {
    if (Files.isDirectory(file)) {
      throw new ModelException(file + " is a folder; name the model.zip in it");
    }
    if (!Files.exists(file)) {
      throw new ModelException(
          "%s: no such file; `mnist4j train` writes runs/NAME/model.zip".formatted(file));
    }
    try {
      ZipFile zip = new ZipFile(file.toFile());
      try {
        checkCrcs(zip);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
      return new Dl4jZip(file, zip);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ModelException unreadable(Path file, IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? new ModelException(
            "%s is damaged or not a model archive: %s; take a good copy or train it again"
                .formatted(file, e.getMessage()),
            e)
        : new ModelException("cannot read %s: %s".formatted(file, e.getMessage()), e);
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

  /** Whether there is such an entry. */
  public boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /**
   * One of the texts.
   *
   * @throws ModelException if there is none of that name
   */
  public String text(String name) throws ModelException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ModelException(
          "%s has no entry %s: it was not written by mnist4j".formatted(file, name));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readNBytes(MAX_TEXT_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The beginning of one of the entries.
   *
   * @param most bytes that are read
   * @throws ModelException if there is none of that name
   */
  public byte[] bytes(String name, int most) throws ModelException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ModelException("%s has no entry %s".formatted(file, name));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * One of the arrays, as a row of float32.
   *
   * @return {@code [1, n]}, or empty if there is none of that name
   * @throws IOException if it is no array; the message says why
   */
  public Optional<INDArray> array(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(zip.getInputStream(entry), 1 << 16))) {
      return Optional.of(FlatArray.read(in, entry.getSize()));
    } catch (EOFException e) {
      throw new IOException("its entry " + name + " ends too early", e);
    } catch (IOException e) {
      throw new IOException("its entry %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What is wrong with the network in the file. */
  public ModelException wrongNetwork(String why, Throwable cause) {
    return new ModelException(
        "%s: DL4J cannot read the network in it: %s; train it again or take a good copy"
            .formatted(file, why),
        cause);
  }

  /**
   * The network, with the state of its updater where there is one.
   *
   * @throws ModelException if it is none that DL4J reads
   */
  MultiLayerNetwork network() throws ModelException {
    try {
      MultiLayerConfiguration configuration =
          MultiLayerConfiguration.fromJson(text(ModelSerializer.CONFIGURATION_JSON));
      INDArray parameters =
          array(ModelSerializer.COEFFICIENTS_BIN)
              .orElseThrow(() -> new IOException("it has no coefficients.bin"));
      configuration.setDataType(DataType.FLOAT);
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init(parameters, false);
      Optional<INDArray> updater = array(ModelSerializer.UPDATER_BIN);
      if (updater.isPresent()) {
        network.getUpdater().setStateViewArray(network, updater.get(), false);
      }
      return network;
    } catch (IOException | RuntimeException e) {
      // DL4J reports bad content by whatever exception its parsing ran into.
      throw wrongNetwork(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // Nothing was written.
    }
  }
}
