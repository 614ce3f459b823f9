package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.mnist4j.model.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The models that other programs wrote, with what those programs make of five images. */
public final class ModelFiles {
  private static final Path FOLDER = Path.of("src/test/resources/models");
  private static final String LAYERS = "keras3-layers.zip";

  private ModelFiles() {}

  /** One of the files. */
  public static Path file(String name) {
    return FOLDER.resolve(name).toAbsolutePath();
  }

  /** {@code [5, 784]} in 0 to 1: the images that fixtures.py and OldModels.java make as well. */
  public static INDArray images() {
    float[][] images = new float[5][784];
    for (int n = 0; n < images.length; n++) {
      for (int i = 0; i < 784; i++) {
        images[n][i] = (37 * i + 53 * n + i * i / 7) % 256 / 255f;
      }
    }
    return Nd4j.create(images);
  }

  /** What the other program said of them. */
  static List<String> expected(String name) throws IOException {
    return Files.readAllLines(file(name + ".csv"));
  }

  /** The names of models with a layer or a setting each. */
  public static List<String> layerModels() throws IOException {
    try (ZipFile zip = new ZipFile(file(LAYERS).toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".h5"))
          .map(name -> name.substring(0, name.length() - 3))
          .toList();
    }
  }

  /** One of them, unpacked. */
  public static Path layerModel(String name, Path directory) throws IOException {
    return Files.write(directory.resolve(name + ".h5"), layerEntry(name + ".h5"));
  }

  static INDArray layerModelOutputs(String name) throws IOException {
    return table(new String(layerEntry(name + ".csv"), StandardCharsets.UTF_8).lines().toList());
  }

  private static byte[] layerEntry(String name) throws IOException {
    try (ZipFile zip = new ZipFile(file(LAYERS).toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  static INDArray table(List<String> lines) {
    float[][] rows = new float[lines.size()][];
    for (int n = 0; n < rows.length; n++) {
      String[] values = lines.get(n).split(",", -1);
      rows[n] = new float[values.length];
      for (int c = 0; c < values.length; c++) {
        rows[n][c] = Float.parseFloat(values[c]);
      }
    }
    return Nd4j.create(rows);
  }

  static void assertOutputs(List<String> expected, TrainedModel model, String name) {
    assertOutputs(table(expected), model, name);
  }

  static void assertOutputs(INDArray expected, TrainedModel model, String name) {
    assertOutputs(expected, model.outputs(images()), name);
  }

  /** The same to 1e-5, or to 1e-5 of the greatest of an image's outputs where that is above 1. */
  public static void assertOutputs(INDArray expected, INDArray outputs, String name) {
    float[][] rows = outputs.toFloatMatrix();
    float[][] expectedRows = expected.toFloatMatrix();
    assertArrayEquals(expected.shape(), outputs.shape(), name);
    for (int n = 0; n < rows.length; n++) {
      float greatest = 1;
      for (float output : expectedRows[n]) {
        greatest = Math.max(greatest, Math.abs(output));
      }
      assertArrayEquals(expectedRows[n], rows[n], 1e-5f * greatest, name + ", image " + n);
    }
  }
}
