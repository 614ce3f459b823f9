package io.mnist4j.model.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a model can be written as. */
public enum ExportFormat {
  /** For ONNX Runtime and whatever else reads ONNX. */
  ONNX("onnx"),
  /** For Keras 2 and 3. */
  KERAS_H5("h5"),
  /** For Deeplearning4j: the network without the state of its training. */
  DL4J("zip"),
  /** For PyTorch: the weights of a sequential network, and its modules. */
  SAFETENSORS("safetensors"),
  /** A page to draw on, with the network in it. */
  HTML("html"),
  /** The weights as a table. */
  CSV("csv"),
  /** The weights as NumPy arrays. */
  NPZ("npz");

  private final String extension;

  ExportFormat(String extension) {
    this.extension = extension;
  }

  /** Of its files, without the dot. */
  public String extension() {
    return extension;
  }

  /** The file of this format beside a model's, which is never the model itself. */
  public Path beside(Path model) {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    Path file = model.resolveSibling(stem + "." + extension);
    return file.equals(model) ? model.resolveSibling(stem + "-" + key() + "." + extension) : file;
  }

  /** Such as {@code keras-h5}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The format whose files are named so. */
  public static Optional<ExportFormat> ofFile(String fileName) {
    return Arrays.stream(values())
        .filter(format -> fileName.endsWith("." + format.extension))
        .findFirst();
  }
}
