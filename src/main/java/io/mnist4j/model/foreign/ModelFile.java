package io.mnist4j.model.foreign;

import io.mnist4j.errors.ModelException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.Dl4jZip;
import io.mnist4j.model.archive.ModelArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A file with a trained network, of any program: mnist4j's own, a DL4J zip, a Keras file (HDF5, or
 * the zip {@code .keras}), ONNX, or safetensors with a config. What it is is seen from its content,
 * not from its name.
 */
public final class ModelFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int LARGEST_USER_BLOCK = 4096;
  private static final byte[] PICKLE = {(byte) 0x80};
  private static final String PICKLE_ENTRY = "/data.pkl";

  private ModelFile() {}

  /** As {@link #read(Path, Optional)} with the range that the file says, else 0 to 1. */
  public static TrainedModel read(Path file) throws ModelException {
    return read(file, Optional.empty());
  }

  /**
   * Reads a model.
   *
   * @param range of pixels that the network was fed with; empty for what the file says, else 0 to 1
   * @throws ModelException if the file is missing, damaged, or not one of these; the message names
   *     the layer that cannot be read
   */
  public static TrainedModel read(Path file, Optional<InputRange> range) throws ModelException {
    requireFile(file);
    byte[] start = start(file);
    if (startsWith(start, HDF5)) {
      return foreign(file, KerasFile::readHdf5, range);
    }
    if (OnnxFile.isStart(start)) {
      return foreign(file, OnnxFile::read, range);
    }
    if (SafetensorsFile.isStart(start)) {
      return foreign(file, SafetensorsFile::read, range);
    }
    if (!startsWith(start, ZIP)) {
      requireNoUserBlock(file, start);
      if (startsWith(start, PICKLE)) {
        throw pickle(file);
      }
      String what =
          start.length > 0 && start[0] == '<'
              ? " (but an HTML page, perhaps of a failed download)"
              : "";
      throw new ModelException(
          "%s is no model that mnist4j reads%s: those are its own model.zip, Deeplearning4j's zips,"
                  .formatted(file, what)
              + " Keras' .h5 and .keras, ONNX, and safetensors with a config.json");
    }
    try (Dl4jZip zip = Dl4jZip.open(file)) {
      if (zip.has(ModelArchive.PROVENANCE_ENTRY)) {
        TrainedModel ours = ModelArchive.read(file, zip);
        return range.isPresent() ? ours.withRange(range.get()) : ours;
      }
      if (zip.has(ModelSerializer.CONFIGURATION_JSON)) {
        return foreign(file, f -> Dl4jFile.read(zip), range);
      }
      if (zip.has(KerasFile.ZIP_WEIGHTS)) {
        return foreign(file, f -> KerasFile.readZip(zip), range);
      }
      if (zip.hasEnding(PICKLE_ENTRY)) {
        throw pickle(file);
      }
    }
    throw new ModelException(
        "%s is a zip with no model in it that mnist4j reads (a configuration.json of Deeplearning4j"
                .formatted(file)
            + " or a model.weights.h5 of Keras)");
  }

  /** Its weights can be had by PyTorch alone, and without what a pickle may run besides. */
  private static ModelException pickle(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String target = (dot > 0 ? name.substring(0, dot) : name) + ".safetensors";
    return new ModelException(
        "%s is a Python pickle, as PyTorch saves models: to read one is to run the code in it. Make safetensors of its weights, and say the layers in a config.json beside: "
                .formatted(file)
            + "python3 -c \"import torch, safetensors.torch as s;"
            + " s.save_file({k: v.contiguous() for k, v in torch.load('%s', weights_only=True).items()}, '%s')\""
                .formatted(name, target));
  }

  /**
   * Where a model of ours comes from, for which ND4J need not be started; empty for other files.
   *
   * @throws ModelException if the file is missing or damaged
   */
  public static Optional<Provenance> ownProvenance(Path file) throws ModelException {
    requireFile(file);
    if (!startsWith(start(file), ZIP)) {
      return Optional.empty();
    }
    try (Dl4jZip zip = Dl4jZip.open(file)) {
      return zip.has(ModelArchive.PROVENANCE_ENTRY)
          ? Optional.of(ModelArchive.provenance(file, zip))
          : Optional.empty();
    }
  }

  /** Whether a file holds a network, as its content says; of a damaged one, no. */
  public static boolean isModel(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      byte[] start = start(file);
      if (!startsWith(start, ZIP)) {
        return startsWith(start, HDF5) || OnnxFile.isStart(start) || SafetensorsFile.isStart(start);
      }
      try (Dl4jZip zip = Dl4jZip.open(file)) {
        return zip.has(ModelSerializer.CONFIGURATION_JSON) || zip.has(KerasFile.ZIP_WEIGHTS);
      }
    } catch (ModelException e) {
      return false;
    }
  }

  private static void requireFile(Path file) throws ModelException {
    if (Files.isDirectory(file)) {
      throw new ModelException(
          Files.exists(file.resolve("saved_model.pb"))
              ? file + " is TensorFlow's SavedModel; save it from Keras as .h5 or .keras"
              : file + " is a folder; name the model.zip in it");
    }
    if (!Files.exists(file)) {
      throw new ModelException(
          "%s: no such file; `mnist4j train` writes runs/NAME/model.zip".formatted(file));
    }
  }

  private static byte[] start(Path file) throws ModelException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST_USER_BLOCK + HDF5.length);
    } catch (IOException e) {
      throw new ModelException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  /** HDF5 may follow a block of the user's own, of 512 bytes or that doubled. */
  private static void requireNoUserBlock(Path file, byte[] start) throws ModelException {
    for (int length = 512; length <= LARGEST_USER_BLOCK; length *= 2) {
      int from = Math.min(length, start.length);
      if (startsWith(Arrays.copyOfRange(start, from, start.length), HDF5)) {
        throw new ModelException(
            "%s is HDF5 behind a user block of %d bytes; take that off with h5unjam"
                .formatted(file, length));
      }
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  private interface Reader {
    ForeignNetwork read(Path file) throws ModelException, UnreadableModelException;
  }

  private static TrainedModel foreign(Path file, Reader reader, Optional<InputRange> range)
      throws ModelException {
    try {
      return reader.read(file).toModel(range);
    } catch (UnreadableModelException e) {
      throw new ModelException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    } catch (RuntimeException e) {
      // What DL4J makes of contradictions; nothing else is computed here.
      throw new ModelException(
          "%s cannot be used: its content contradicts itself: %s".formatted(file, e.getMessage()),
          e);
    }
  }
}
