package io.mnist4j.model.archive;

import io.mnist4j.errors.ModelException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.PixelInput;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.output.CloseShieldOutputStream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The model file: a zip with the entries that DL4J's {@link ModelSerializer} writes, so that stock
 * DL4J reads it, plus one entry, {@code mnist4j.json}, that says where the model comes from.
 */
public final class ModelArchive {
  /** Where the provenance is. */
  public static final String PROVENANCE_ENTRY = "mnist4j.json";

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
    write(target, model, texts, Map.of());
  }

  /**
   * The same with arrays.
   *
   * @param arrays further entries: name → {@code [1, n]} float32
   * @throws IOException if the file cannot be written
   */
  public static void write(
      Path target, TrainedModel model, Map<String, String> texts, Map<String, INDArray> arrays)
      throws IOException {
    AtomicFile.write(target, temporary -> writeZip(temporary, model, texts, arrays));
  }

  private static void writeZip(
      Path file, TrainedModel model, Map<String, String> texts, Map<String, INDArray> arrays)
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
      for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
        put(zip, array.getKey(), array.getValue());
      }
    }
  }

  /**
   * Writes the network alone, for use without further training, with the provenance of a model of
   * ours. A range of pixels other than 0 to 1 is kept as DL4J's scaler.
   *
   * @throws IOException if the file cannot be written
   */
  public static void writeForUse(Path target, TrainedModel model) throws IOException {
    MultiLayerConfiguration configuration = model.network().getLayerWiseConfigurations().clone();
    InputPreProcessor first = configuration.getInputPreProcess(0);
    if (first instanceof PixelInput input) {
      configuration.getInputPreProcessors().remove(0);
      if (input.next() != null) {
        configuration.getInputPreProcessors().put(0, input.next());
      }
    }
    AtomicFile.write(
        target,
        temporary -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary));
              ZipOutputStream zip = new ZipOutputStream(out)) {
            if (model.origin().isEmpty()) {
              put(zip, PROVENANCE_ENTRY, model.provenance().toJson());
            }
            put(zip, ModelSerializer.CONFIGURATION_JSON, configuration.toJson());
            put(zip, ModelSerializer.COEFFICIENTS_BIN, model.network().params());
            if (first instanceof PixelInput input) {
              InputRange range = input.effectiveRange();
              zip.putNextEntry(new ZipEntry(ModelSerializer.NORMALIZER_BIN));
              NormalizerSerializer.getDefault()
                  .write(
                      new ImagePreProcessingScaler(range.paper(), range.ink()),
                      CloseShieldOutputStream.wrap(zip));
              zip.closeEntry();
            }
          }
        });
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
    try (Dl4jZip zip = Dl4jZip.open(file)) {
      return read(file, zip);
    }
  }

  /**
   * As {@link #read(Path)}, from the file that was opened.
   *
   * @throws ModelException if it is damaged or not ours
   */
  public static TrainedModel read(Path file, Dl4jZip zip) throws ModelException {
    Provenance provenance = provenance(file, zip);
    return new TrainedModel(zip.network(provenance), provenance);
  }

  /**
   * Reads where a model comes from, for which ND4J need not be started.
   *
   * @throws ModelException if the file is damaged or not ours
   */
  public static Provenance provenance(Path file, Dl4jZip zip) throws ModelException {
    try {
      return Provenance.fromJson(zip.text(PROVENANCE_ENTRY));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s: its %s %s".formatted(file, PROVENANCE_ENTRY, e.getMessage()), e);
    }
  }

  /**
   * Reads one of the arrays that {@link #write(Path, TrainedModel, Map, Map)} took.
   *
   * @return empty where there is no such entry
   * @throws ModelException if the file is missing or damaged
   */
  public static Optional<INDArray> readArray(Path file, String entryName) throws ModelException {
    try (Dl4jZip zip = Dl4jZip.open(file)) {
      return zip.array(entryName);
    } catch (IOException e) {
      throw new ModelException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads one of the texts that {@link #write(Path, TrainedModel, Map)} took.
   *
   * @throws ModelException if the file is missing, damaged or has no such entry
   */
  public static String readText(Path file, String entryName) throws ModelException {
    try (Dl4jZip zip = Dl4jZip.open(file)) {
      return zip.history(entryName);
    }
  }
}
