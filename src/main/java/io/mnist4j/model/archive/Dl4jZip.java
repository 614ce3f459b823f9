package io.mnist4j.model.archive;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.Provenance;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A zip with the entries of DL4J's {@link ModelSerializer}, opened and found undamaged.
 *
 * <p>DL4J's own reading deserialises Java objects wherever a file has some, which lets the file's
 * author run anything. This one reads JSON and numbers only.
 */
public final class Dl4jZip implements AutoCloseable {
  /** Of a text that is about the network; a long training's history is longer. */
  private static final int MAX_TEXT_BYTES = 1 << 21;

  private static final int MAX_HISTORY_BYTES = 1 << 26;

  /** A network has six at most, Keras' model three. */
  private static final int MAX_ENTRIES = 100;

  /** What any file may hold, and how many times its own length one may hold beyond that. */
  private static final long MOST_BYTES = 1 << 26;

  private static final long MAX_RATIO = 20;

  /** The record that ends a zip, without a comment. */
  private static final byte[] END = {'P', 'K', 5, 6};

  private static final int END_BYTES = 22;

  /** What a stream of Java's serialization begins with. */
  private static final byte[] JAVA_OBJECTS = {(byte) 0xac, (byte) 0xed, 0, 5};

  private final Path file;
  private final ZipFile zip;

  private Dl4jZip(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a zip and checks its lengths and sums.
   *
   * @throws ModelException if the file is missing, no zip, or damaged, or holds Java objects
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
        check(file, zip);
      } catch (IOException | ModelException | RuntimeException e) {
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

  /**
   * Nothing is in it that somebody reads otherwise than we do, and nothing that is much longer than
   * the file: {@link ZipFile} itself, and so DL4J, takes damage, doubles and lies without a word.
   */
  private static void check(Path file, ZipFile zip) throws IOException, ModelException {
    long fileBytes = Files.size(file);
    requireEnd(file, fileBytes);
    if (zip.size() > MAX_ENTRIES) {
      throw new ZipException("it has %,d entries".formatted(zip.size()));
    }
    Set<String> names = new HashSet<>();
    long compressed = 0;
    long bytes = 0;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (!names.add(entry.getName())) {
        throw new ZipException("it has two entries " + entry.getName());
      }
      compressed += entry.getCompressedSize();
      bytes += entry.getSize();
      if (compressed > fileBytes || bytes > MOST_BYTES + MAX_RATIO * fileBytes) {
        throw new ZipException(
            "its %,d bytes are said to hold more than %,d, which no weights do"
                .formatted(fileBytes, Math.max(bytes, compressed) - 1));
      }
    }
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (Arrays.equals(checkedStart(zip, entry), JAVA_OBJECTS)) {
        throw new ModelException(
            "%s: its entry %s holds Java objects, which may run code and are not loaded; if the rest is to be trusted, take it out with `zip -d`"
                .formatted(file, entry.getName()));
      }
    }
  }

  /** A zip is read from its end; what follows that may be another file altogether. */
  private static void requireEnd(Path file, long fileBytes) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(Math.max(0, fileBytes - END_BYTES));
      byte[] end = new byte[(int) Math.min(fileBytes, END_BYTES)];
      in.readFully(end);
      if (!Arrays.equals(end, 0, Math.min(4, end.length), END, 0, END.length)) {
        throw new ZipException("it is cut off, or something follows the archive");
      }
    }
  }

  /** The first bytes of an entry that is as long as it says and has the checksum that it says. */
  private static byte[] checkedStart(ZipFile zip, ZipEntry entry) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      byte[] start = in.readNBytes(JAVA_OBJECTS.length);
      long length = start.length + in.skip(Math.max(0, entry.getSize() - start.length));
      if (length != entry.getSize() || in.read() >= 0) {
        throw new ZipException("its entry %s is not as long as it says".formatted(entry.getName()));
      }
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new ZipException("the checksum of its entry " + entry.getName() + " is wrong");
      }
      return start;
    }
  }

  /** Whether there is such an entry. */
  public boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Whether there is an entry whose name ends so. */
  public boolean hasEnding(String end) {
    return zip.stream().anyMatch(entry -> entry.getName().endsWith(end));
  }

  /**
   * One of the texts.
   *
   * @throws ModelException if there is none of that name
   */
  public String text(String name) throws ModelException {
    return text(name, MAX_TEXT_BYTES);
  }

  /** As {@link #text}, for what is written once an epoch. */
  String history(String name) throws ModelException {
    return text(name, MAX_HISTORY_BYTES);
  }

  private String text(String name, int most) throws ModelException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ModelException(
          "%s has no entry %s: it was not written by mnist4j".formatted(file, name));
    }
    if (entry.getSize() > most) {
      throw new ModelException(
          "%s: its entry %s has %,d bytes, and should be a short text"
              .formatted(file, name, entry.getSize()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The network's configuration, judged: DL4J may read it.
   *
   * @throws ModelException if there is none
   * @throws IOException if it asks for what no network for images needs; the message says what
   */
  public String configuration() throws ModelException, IOException {
    return Dl4jConfiguration.judged(text(ModelSerializer.CONFIGURATION_JSON));
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
      // A state of infinite steps may be; weights like that are of no use to anybody.
      INDArray array =
          name.equals(ModelSerializer.COEFFICIENTS_BIN)
              ? FlatArray.readFinite(in, entry.getSize())
              : FlatArray.read(in, entry.getSize());
      if (in.read() >= 0) {
        throw new IOException("it goes on after its numbers");
      }
      return Optional.of(array);
    } catch (EOFException e) {
      throw new IOException("its entry " + name + " ends too early", e);
    } catch (IOException e) {
      throw new IOException("its entry %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What is wrong with the network in the file. */
  public ModelException wrongNetwork(String why, Throwable cause) {
    return new ModelException(
        "%s: the network in it cannot be used: %s; train it again or take a good copy"
            .formatted(file, why),
        cause);
  }

  /**
   * The network, with the state of its updater where there is one.
   *
   * @param provenance says which images it takes, and how many classes it tells apart
   * @throws ModelException if it is none that DL4J reads, or another one than the provenance says
   */
  MultiLayerNetwork network(Provenance provenance) throws ModelException {
    try {
      MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(configuration());
      long pixels = (long) provenance.height() * provenance.width();
      ForwardSize.check(configuration, InputType.feedForward(pixels));
      INDArray parameters =
          array(ModelSerializer.COEFFICIENTS_BIN)
              .orElseThrow(() -> new IOException("it has no coefficients.bin"));
      configuration.setDataType(DataType.FLOAT);
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init(parameters, false);
      INDArray output = network.output(Nd4j.zeros(DataType.FLOAT, 1, pixels));
      if (!Arrays.equals(output.shape(), new long[] {1, provenance.labels().size()})) {
        throw new IOException(
            "it gives %s for an image, and should tell %d classes apart"
                .formatted(Arrays.toString(output.shape()), provenance.labels().size()));
      }
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
