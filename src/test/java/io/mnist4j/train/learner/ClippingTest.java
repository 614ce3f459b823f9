package io.mnist4j.train.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.train.LinearModel;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.OptimizerSpec.OptimizerName;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** With gradient descent at a rate of 1, what a step takes off the weights is the gradient. */
class ClippingTest {
  private static final INDArray X = Nd4j.linspace(DataType.DOUBLE, -3, 0.37, 20).reshape(5, 4);
  private static final INDArray Y =
      Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}});

  @Test
  void normOfAllParametersTogetherIsBounded() {
    double[] gradient = step(false, ClippingSpec.DEFAULT);
    double norm = norm(gradient);
    double bound = norm / 3;
    double[] clipped = step(false, new ClippingSpec(bound, 0));
    double[] expected = gradient.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= bound / norm;
    }
    assertArrayEquals(expected, clipped, 1e-12);
    assertEquals(bound, norm(clipped), 1e-12);
  }

  @Test
  void gradientWithinTheBoundsIsLeftAlone() {
    double[] gradient = step(false, ClippingSpec.DEFAULT);
    assertArrayEquals(gradient, step(false, new ClippingSpec(1.001 * norm(gradient), 0)));
    assertArrayEquals(gradient, step(false, new ClippingSpec(0, 1.001 * norm(gradient))));
  }

  @Test
  void eachElementIsBounded() {
    double[] gradient = step(false, ClippingSpec.DEFAULT);
    double bound = norm(gradient) / gradient.length;
    double[] expected = gradient.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.max(-bound, Math.min(bound, expected[i]));
    }
    assertArrayEquals(expected, step(false, new ClippingSpec(0, bound)), 1e-12);
  }

  @Test
  void runningStatisticsOfBatchNormalisationAreNoGradients() {
    double[] gradient = step(true, ClippingSpec.DEFAULT);
    // W and b of the first layer, gamma and beta, then 6 means and 6 variances, then the rest.
    int statistics = 4 * 6 + 6 + 2 * 6;
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      boolean learned = i < statistics || i >= statistics + 12;
      squares += learned ? gradient[i] * gradient[i] : 0;
    }
    double bound = Math.sqrt(squares) / 4;
    double[] byNorm = step(true, new ClippingSpec(bound, 0));
    double[] byValue = step(true, new ClippingSpec(0, 1e-4));
    for (int i = 0; i < gradient.length; i++) {
      boolean learned = i < statistics || i >= statistics + 12;
      assertEquals(learned ? gradient[i] / 4 : gradient[i], byNorm[i], 1e-12, "element " + i);
      assertEquals(
          learned ? Math.max(-1e-4, Math.min(1e-4, gradient[i])) : gradient[i],
          byValue[i],
          1e-12,
          "element " + i);
    }
    assertTrue(Math.abs(gradient[statistics]) > 1e-3, "a mean moved: " + gradient[statistics]);
  }

  @Test
  void momentumAccumulatesTheClippedGradient() {
    ClippingSpec clipping = new ClippingSpec(0.5, 0);
    TrainingSpec spec =
        TrainingSpecs.of(
            1,
            3,
            new OptimizerSpec(OptimizerName.MOMENTUM, 0.1, 0.9, 0.999, 1e-7, 0.7, 0.9),
            ScheduleSpec.DEFAULT,
            new RegularizationSpec(0, 0.3, 0),
            clipping);
    MultiLayerNetwork network = LinearModel.network(spec, DataType.DOUBLE);
    Optimizer optimizer = Optimizer.attach(network, spec);
    optimizer.setLearningRate(0.1);
    double[] w = LinearModel.start();
    double[] v = new double[3];
    for (int step = 0; step < 5; step++) {
      double[] g = LinearModel.gradient(w);
      double scale = Math.min(1, 0.5 / norm(g));
      for (int i = 0; i < 3; i++) {
        v[i] = 0.7 * v[i] - 0.1 * (scale * g[i] + (i < 2 ? 0.3 * w[i] : 0));
        w[i] += v[i];
      }
      LinearModel.fit(network);
      assertArrayEquals(w, network.params().toDoubleVector(), 1e-12, "step " + step);
    }
  }

  @Test
  void nonsenseIsRefusedByItsKey() {
    assertRefused("norm must be", -1, 0);
    assertRefused("norm must be", Double.NaN, 0);
    assertRefused("value must be", 0, Double.POSITIVE_INFINITY);
    assertRefused("value must be 0 where norm is set", 1, 1);
  }

  private static void assertRefused(String expected, double norm, double value) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new ClippingSpec(norm, value))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  private static double norm(double[] vector) {
    double squares = 0;
    for (double element : vector) {
      squares += element * element;
    }
    return Math.sqrt(squares);
  }

  /** What the first step takes off. */
  private static double[] step(boolean batchNormalisation, ClippingSpec clipping) {
    TrainingSpec spec =
        TrainingSpecs.of(
            1,
            5,
            new OptimizerSpec(OptimizerName.SGD, 1, 0.9, 0.999, 1e-7, 0.9, 0.9),
            ScheduleSpec.DEFAULT,
            RegularizationSpec.DEFAULT,
            clipping);
    MultiLayerNetwork network = network(batchNormalisation, spec);
    Optimizer optimizer = Optimizer.attach(network, spec);
    optimizer.setLearningRate(1);
    INDArray before = network.params().dup();
    network.fit(X, Y);
    return before.sub(network.params()).toDoubleVector();
  }

  private static MultiLayerNetwork network(boolean batchNormalisation, TrainingSpec spec) {
    NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder();
    builder.seed(3).dataType(DataType.DOUBLE);
    spec.configure(builder);
    NeuralNetConfiguration.ListBuilder list = builder.list();
    list.layer(new DenseLayer.Builder().nIn(4).nOut(6).activation(Activation.TANH).build());
    if (batchNormalisation) {
      list.layer(new BatchNormalization.Builder().nOut(6).build());
    }
    list.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(6)
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }
}
