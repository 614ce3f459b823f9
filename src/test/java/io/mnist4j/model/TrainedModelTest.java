package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class TrainedModelTest {
  private static final int SIDE = 6;
  private static final int PIXELS = SIDE * SIDE;

  private final TrainedModel model =
      new TrainedModel(
          Networks.create(
              new NetworkSpec(
                  List.of(
                      new Conv2d(
                          3, 3, 1, Padding.VALID, Activation.TANH, WeightInit.GLOROT_UNIFORM),
                      Flatten.DEFAULT),
                  OutputSpec.DEFAULT),
              SIDE,
              SIDE,
              4,
              training -> training.updater(new Adam(0.01)),
              1,
              DataType.DOUBLE),
          Provenance.unknown(4, SIDE, SIDE, "test"));

  private final INDArray features = Nd4j.rand(DataType.DOUBLE, 5, PIXELS);

  @Test
  void otherRangeIsWhatTheNetworkSees() {
    InputRange range = new InputRange(1, -2);
    TrainedModel other = model.withRange(range);
    assertEquals(range, other.range());
    assertEquals(InputRange.UNIT, model.range());
    INDArray seen = features.mul(-3).add(1);
    assertTrue(
        model.network().output(seen).equalsWithEps(other.outputs(features), 1e-12), "outputs");
    assertSame(model, model.withRange(InputRange.UNIT));
    assertTrue(
        model
            .outputs(features)
            .equalsWithEps(other.withRange(InputRange.UNIT).outputs(features), 1e-12),
        "and back");
  }

  /** As LeNet-5 takes MNIST: what lies around is paper, which is 1 here. */
  @Test
  void smallerImagesGetPaperAround() {
    TrainedModel foreign =
        new TrainedModel(
            model.network(), model.provenance(), Optional.of(new Origin("test", true, List.of())));
    TrainedModel framed = foreign.withRange(new InputRange(1, -2)).fitting(2, 2);
    INDArray small = Nd4j.rand(DataType.DOUBLE, 5, 4);
    INDArray large = Nd4j.ones(DataType.DOUBLE, 5, PIXELS);
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < 4; i++) {
        large.putScalar(n, (2 + i / 2) * SIDE + 2 + i % 2, 1 - 3 * small.getDouble(n, i));
      }
    }
    INDArray outputs = framed.outputs(small);
    assertTrue(model.network().output(large).equalsWithEps(outputs, 1e-12), "outputs");
    assertEquals(2, framed.provenance().height());
    assertEquals(
        List.of("it takes images of 6x6: those of 2x2 get 2 pixels of paper on each side"),
        framed.notes());
    assertGradients(framed.network(), small.getRow(0, true).dup());
    assertSame(foreign, foreign.fitting(SIDE, SIDE));
    assertSame(foreign, foreign.fitting(3, 3));
    assertSame(model, model.fitting(2, 2));
  }

  /** A map of what matters in an image is made of this. */
  @Test
  void gradientsReachThePixelsThroughTheRange() {
    MultiLayerNetwork network = model.withRange(new InputRange(1, -2)).network();
    assertGradients(network, features.getRow(0, true).dup());
  }

  private static void assertGradients(MultiLayerNetwork network, INDArray image) {
    INDArray target = Nd4j.zeros(DataType.DOUBLE, 1, 4).putScalar(2, 1);
    INDArray gradient = network.calculateGradients(image, target, null, null).getSecond();
    assertEquals(image.length(), gradient.length());
    double step = 1e-6;
    for (int pixel = 0; pixel < image.length(); pixel++) {
      double more = loss(network, image, pixel, step);
      double less = loss(network, image, pixel, -step);
      assertEquals((more - less) / (2 * step), gradient.getDouble(pixel), 1e-6, "pixel " + pixel);
    }
  }

  private static double loss(MultiLayerNetwork network, INDArray image, int pixel, double step) {
    INDArray moved = image.dup();
    moved.putScalar(pixel, moved.getDouble(pixel) + step);
    return -Math.log(network.output(moved).getDouble(2));
  }
}
