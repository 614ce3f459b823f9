package io.mnist4j.model.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** What DL4J draws, against the formulas of the papers. */
class WeightInitTest {
  private static final int INPUTS = 28 * 28;
  private static final int UNITS = 400;

  @ParameterizedTest
  @EnumSource
  void dense(WeightInit init) {
    INDArray weights =
        create(new Dense(UNITS, Activation.RELU, init)).getParam("0_W").reshape(INPUTS * UNITS);
    assertDrawnBy(init, weights.toDoubleVector(), INPUTS, UNITS);
  }

  @ParameterizedTest
  @EnumSource
  void output(WeightInit init) {
    NetworkSpec spec =
        new NetworkSpec(List.of(), new OutputSpec(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0, init));
    MultiLayerNetwork network =
        Networks.create(spec, 28, 28, UNITS, training -> training.updater(new NoOp()), 1);
    assertDrawnBy(
        init, network.getParam("0_W").reshape(INPUTS * UNITS).toDoubleVector(), INPUTS, UNITS);
  }

  /** 64 channels go into 128 filters of 5 · 5; DL4J's fan-out counts how far they are moved. */
  @ParameterizedTest
  @EnumSource
  void convolution(WeightInit init) {
    Conv2d first = new Conv2d(64, 1, 1, Padding.VALID, Activation.RELU, init);
    Conv2d second = new Conv2d(128, 5, 2, Padding.VALID, Activation.RELU, init);
    INDArray weights = create(first, second, new Flatten()).getParam("1_W");
    assertDrawnBy(
        init,
        weights.reshape(weights.length()).toDoubleVector(),
        5 * 5 * 64,
        5 * 5 * 128 / (2.0 * 2));
  }

  private static MultiLayerNetwork create(LayerSpec... layers) {
    NetworkSpec spec = new NetworkSpec(List.of(layers), OutputSpec.DEFAULT);
    return Networks.create(spec, 28, 28, 10, training -> training.updater(new NoOp()), 1);
  }

  private static void assertDrawnBy(
      WeightInit init, double[] weights, double fanIn, double fanOut) {
    switch (init) {
      case GLOROT_UNIFORM -> assertUniform(weights, Math.sqrt(6 / (fanIn + fanOut)));
      case HE_UNIFORM -> assertUniform(weights, Math.sqrt(6 / fanIn));
      case GLOROT_NORMAL -> assertNormal(weights, 2 / (fanIn + fanOut));
      case HE_NORMAL -> assertNormal(weights, 2 / fanIn);
      case LECUN_NORMAL -> assertNormal(weights, 1 / fanIn);
      case ZEROS -> assertConstant(weights, 0);
      case ONES -> assertConstant(weights, 1);
    }
  }

  /** Over 200,000 weights: the mean is within 5 standard errors of 0, the variance within 2 %. */
  private static void assertVariance(double[] weights, double variance) {
    double sum = 0;
    double squares = 0;
    for (double weight : weights) {
      sum += weight;
      squares += weight * weight;
    }
    assertEquals(0, sum / weights.length, 5 * Math.sqrt(variance / weights.length));
    assertEquals(1, squares / weights.length / variance, 0.02);
  }

  private static void assertUniform(double[] weights, double bound) {
    assertVariance(weights, bound * bound / 3);
    assertEquals(1, largest(weights) / bound, 1e-3);
    assertTrue(largest(weights) <= bound * (1 + 1e-6));
  }

  /** Of so many from a normal distribution, some lie beyond four standard deviations. */
  private static void assertNormal(double[] weights, double variance) {
    assertVariance(weights, variance);
    assertTrue(largest(weights) > 4 * Math.sqrt(variance));
  }

  private static void assertConstant(double[] weights, double value) {
    for (double weight : weights) {
      assertEquals(value, weight, 0);
    }
  }

  private static double largest(double[] weights) {
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    return largest;
  }
}
