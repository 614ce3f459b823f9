package io.mnist4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.layers.OutputSpec;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

class SmoothedGradientTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;

  private final MultiLayerNetwork network =
      Networks.create(
          new NetworkSpec(List.of(), OutputSpec.DEFAULT),
          HEIGHT,
          WIDTH,
          2,
          training -> training.updater(new Adam(0.01)),
          1);

  private final TrainedModel model =
      new TrainedModel(network, Provenance.unknown(2, HEIGHT, WIDTH, "test"));

  /** Of two classes without hidden layers the log-odds are linear: their slope is the weights'. */
  @Test
  void isTheSmoothedGradient() {
    INDArray weights = network.getParam("0_W");
    Saliency saliency =
        SmoothedGradient.byDifferences(model, new GreyImage(HEIGHT, WIDTH, new byte[30]), 1);
    float strongest = 0;
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        double slope = 0;
        for (int r = Math.max(0, row - 3); r <= Math.min(HEIGHT - 1, row + 3); r++) {
          for (int c = Math.max(0, column - 3); c <= Math.min(WIDTH - 1, column + 3); c++) {
            double dot = Math.exp(-((r - row) * (r - row) + (c - column) * (c - column)) / 2.0);
            double weight =
                weights.getDouble(r * WIDTH + c, 1) - weights.getDouble(r * WIDTH + c, 0);
            slope += dot * weight;
          }
        }
        assertEquals(slope, saliency.at(row, column), 1e-4, row + ", " + column);
        strongest = Math.max(strongest, Math.abs(saliency.at(row, column)));
      }
    }
    assertTrue(strongest > 0.1, "strongest " + strongest);
    assertEquals(strongest, saliency.strongest());
  }

  @Test
  void whatSpeaksForOneSpeaksAgainstTheOther() {
    byte[] ink = new byte[HEIGHT * WIDTH];
    ink[7] = (byte) 200;
    GreyImage image = new GreyImage(HEIGHT, WIDTH, ink);
    Saliency one = SmoothedGradient.byDifferences(model, image, 0);
    Saliency other = SmoothedGradient.byDifferences(model, image, 1);
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        assertEquals(one.at(row, column), -other.at(row, column), 1e-5);
      }
    }
  }

  /** Where the log-odds are linear, differences and backpropagation find the same. */
  @Test
  void bothWaysAgree() {
    byte[] ink = new byte[HEIGHT * WIDTH];
    ink[13] = (byte) 120;
    GreyImage image = new GreyImage(HEIGHT, WIDTH, ink);
    Saliency slow = SmoothedGradient.byDifferences(model, image, 1);
    Saliency quick =
        SmoothedGradient.of(
                PixelGradient.of(model).orElseThrow(), List.of(image, image), new int[] {0, 1})
            .get(1);
    for (int pixel = 0; pixel < ink.length; pixel++) {
      assertEquals(slow.at(pixel), quick.at(pixel), 1e-4);
    }
  }
}
