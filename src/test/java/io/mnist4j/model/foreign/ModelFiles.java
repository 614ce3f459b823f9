package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The models that other programs wrote, with what those programs make of five images. */
public final class ModelFiles {
  private static final Path FOLDER = Path.of("src/test/resources/models");

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

  static void assertOutputs(List<String> expected, TrainedModel model, String name) {
    assertOutputs(expected, model.outputs(images()), name);
  }

  static void assertOutputs(List<String> expected, INDArray outputs, String name) {
    assertEquals(expected.size(), outputs.rows(), name);
    for (int n = 0; n < expected.size(); n++) {
      String[] values = expected.get(n).split(",", -1);
      assertEquals(values.length, outputs.columns(), name);
      for (int c = 0; c < values.length; c++) {
        assertEquals(
            Double.parseDouble(values[c]), outputs.getDouble(n, c), 1e-5, name + " " + n + " " + c);
      }
    }
  }
}
