package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.WeightInit;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A network with two inputs and three hidden sigmoids, worked out by hand for one example, and one
 * step of gradient descent at the learning rate 0.5. Figures are rounded to eight places.
 *
 * <p>What all cases share:
 *
 * <pre>
 * x  = (0.5, 1)
 * W1 = 0.2  -0.4   0.6      b1 = (0.1, 0.1, 0)
 *      0.1   0.3  -0.5
 *
 * z1 = x · W1 + b1
 *    = (0.1 + 0.1 + 0.1, -0.2 + 0.3 + 0.1, 0.3 - 0.5 + 0) = (0.3, 0.2, -0.2)
 * h  = 1 / (1 + e^-z1)         = (0.57444252, 0.54983400, 0.45016600)
 * h' = h (1 - h)               = (0.24445831, 0.24751657, 0.24751657)
 * </pre>
 *
 * and with one output, whose target is t = 1:
 *
 * <pre>
 * W2 = (0.4, -0.6, 0.5)        b2 = 0.05
 * z2 = h · W2 + b2 = 0.22977701 - 0.32990040 + 0.22508300 + 0.05 = 0.17495961
 * y  = 1 / (1 + e^-z2)         = 0.54362867
 * </pre>
 */
class HandWorkedNetworkTest {
  private static final double TOLERANCE = 1e-6;
  private static final double LEARNING_RATE = 0.5;

  private static final double[][] X = {{0.5, 1}};
  private static final double[][] W1 = {{0.2, -0.4, 0.6}, {0.1, 0.3, -0.5}};
  private static final double[][] B1 = {{0.1, 0.1, 0}};
  private static final double[][] H = {{0.57444252, 0.54983400, 0.45016600}};
  private static final double[][] ONE_W2 = {{0.4}, {-0.6}, {0.5}};
  private static final double[][] ONE_B2 = {{0.05}};

  /**
   * Squared error.
   *
   * <pre>
   * L     = (y - t)²            = (-0.45637133)² = 0.20827479
   * d2    = 2 (y - t) y (1 - y) = 2 · -0.45637133 · 0.54362867 · 0.45637133 = -0.22644830
   * dL/dW2 = d2 h               = (-0.13008153, -0.12450897, -0.10193932),  dL/db2 = d2
   * d1    = d2 W2 h'            = (-0.02214287, 0.03362982, -0.02802485)
   * dL/dW1 = x d1               = 0.5 d1 above 1 d1,                        dL/db1 = d1
   *
   * W2 - 0.5 dL/dW2 = (0.4 + 0.06504076, -0.6 + 0.06225449, 0.5 + 0.05096966)
   * b2 - 0.5 dL/db2 = 0.05 + 0.11322415
   * W1 - 0.5 dL/dW1 = 0.2 + 0.00553572  -0.4 - 0.00840746   0.6 + 0.00700621
   *                   0.1 + 0.01107143   0.3 - 0.01681491  -0.5 + 0.01401243
   * b1 - 0.5 dL/db1 = (0.1 + 0.01107143, 0.1 - 0.01681491, 0 + 0.01401243)
   * </pre>
   */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void oneSigmoidWithSquaredError(DataType precision) {
    MultiLayerNetwork network = network(Activation.SIGMOID, Loss.MSE, 1, precision);
    set(network, ONE_W2, ONE_B2);
    double[][] target = {{1}};
    assertOutput(network, new double[][] {{0.54362867}});
    assertGradients(
        network,
        target,
        0.20827479,
        new double[][] {
          {-0.01107143, 0.01681491, -0.01401243}, {-0.02214287, 0.03362982, -0.02802485}
        },
        new double[][] {{-0.02214287, 0.03362982, -0.02802485}},
        new double[][] {{-0.13008153}, {-0.12450897}, {-0.10193932}},
        new double[][] {{-0.22644830}});
    assertStep(
        network,
        target,
        new double[][] {
          {0.20553572, -0.40840746, 0.60700621}, {0.11107143, 0.28318509, -0.48598757}
        },
        new double[][] {{0.11107143, 0.08318509, 0.01401243}},
        new double[][] {{0.46504076}, {-0.53774551}, {0.55096966}},
        new double[][] {{0.16322415}});
  }

  /**
   * Binary cross-entropy; the derivative of the sigmoid cancels against that of the logarithm.
   *
   * <pre>
   * L     = -ln y               = 0.60948886
   * d2    = y - t               = -0.45637133
   * dL/dW2 = d2 h               = (-0.26215910, -0.25092847, -0.20544286),  dL/db2 = d2
   * d1    = d2 W2 h'            = (-0.04462551, 0.06777568, -0.05647973)
   * dL/dW1 = x d1               = 0.5 d1 above 1 d1,                        dL/db1 = d1
   *
   * W2 - 0.5 dL/dW2 = (0.4 + 0.13107955, -0.6 + 0.12546424, 0.5 + 0.10272143)
   * b2 - 0.5 dL/db2 = 0.05 + 0.22818567
   * W1 - 0.5 dL/dW1 = 0.2 + 0.01115638  -0.4 - 0.01694392   0.6 + 0.01411993
   *                   0.1 + 0.02231275   0.3 - 0.03388784  -0.5 + 0.02823987
   * b1 - 0.5 dL/db1 = (0.1 + 0.02231275, 0.1 - 0.03388784, 0 + 0.02823987)
   * </pre>
   */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void oneSigmoidWithCrossEntropy(DataType precision) {
    MultiLayerNetwork network = network(Activation.SIGMOID, Loss.CROSS_ENTROPY, 1, precision);
    set(network, ONE_W2, ONE_B2);
    double[][] target = {{1}};
    assertOutput(network, new double[][] {{0.54362867}});
    assertGradients(
        network,
        target,
        0.60948886,
        new double[][] {
          {-0.02231275, 0.03388784, -0.02823987}, {-0.04462551, 0.06777568, -0.05647973}
        },
        new double[][] {{-0.04462551, 0.06777568, -0.05647973}},
        new double[][] {{-0.26215910}, {-0.25092847}, {-0.20544286}},
        new double[][] {{-0.45637133}});
    assertStep(
        network,
        target,
        new double[][] {
          {0.21115638, -0.41694392, 0.61411993}, {0.12231275, 0.26611216, -0.47176013}
        },
        new double[][] {{0.12231275, 0.06611216, 0.02823987}},
        new double[][] {{0.53107955}, {-0.47453576}, {0.60272143}},
        new double[][] {{0.27818567}});
  }

  /**
   * Two classes, softmax and cross-entropy; the image is of class 1.
   *
   * <pre>
   * W2 = 0.4  -0.2      b2 = (0.05, -0.05)
   *     -0.6   0.3
   *      0.5   0.1
   * t  = (0, 1)
   *
   * z2 = h · W2 + b2            = (0.17495961, 0.04507830)
   * e^z2                        = (1.19119810, 1.04610976), their sum is 2.23730786
   * y                           = (0.53242476, 0.46757524)
   * L  = -ln 0.46757524         = 0.76019500
   * d2 = y - t                  = (0.53242476, -0.53242476)
   * dL/dW2 = hᵀ d2              = 0.30584742  -0.30584742      dL/db2 = d2
   *                               0.29274523  -0.29274523
   *                               0.23967953  -0.23967953
   * d2 · W2ᵀ                    = 0.53242476 (0.4 + 0.2, -0.6 - 0.3, 0.5 - 0.1)
   *                             = (0.31945486, -0.47918228, 0.21296990)
   * d1 = that times h'          = (0.07809339, -0.11860556, 0.05271358)
   * dL/dW1 = x d1               = 0.5 d1 above 1 d1,           dL/db1 = d1
   *
   * W2 - 0.5 dL/dW2 = 0.4 - 0.15292371  -0.2 + 0.15292371
   *                  -0.6 - 0.14637262   0.3 + 0.14637262
   *                   0.5 - 0.11983976   0.1 + 0.11983976
   * b2 - 0.5 dL/db2 = (0.05 - 0.26621238, -0.05 + 0.26621238)
   * W1 - 0.5 dL/dW1 = 0.2 - 0.01952335  -0.4 + 0.02965139   0.6 - 0.01317840
   *                   0.1 - 0.03904670   0.3 + 0.05930278  -0.5 - 0.02635679
   * b1 - 0.5 dL/db1 = (0.1 - 0.03904670, 0.1 + 0.05930278, 0 - 0.02635679)
   * </pre>
   */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void softmaxOverTwoClasses(DataType precision) {
    MultiLayerNetwork network = network(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 2, precision);
    set(
        network,
        new double[][] {{0.4, -0.2}, {-0.6, 0.3}, {0.5, 0.1}},
        new double[][] {{0.05, -0.05}});
    double[][] target = {{0, 1}};
    assertOutput(network, new double[][] {{0.53242476, 0.46757524}});
    assertGradients(
        network,
        target,
        0.76019500,
        new double[][] {
          {0.03904670, -0.05930278, 0.02635679}, {0.07809339, -0.11860556, 0.05271358}
        },
        new double[][] {{0.07809339, -0.11860556, 0.05271358}},
        new double[][] {
          {0.30584742, -0.30584742}, {0.29274523, -0.29274523}, {0.23967953, -0.23967953}
        },
        new double[][] {{0.53242476, -0.53242476}});
    assertStep(
        network,
        target,
        new double[][] {
          {0.18047665, -0.37034861, 0.58682160}, {0.06095330, 0.35930278, -0.52635679}
        },
        new double[][] {{0.06095330, 0.15930278, -0.02635679}},
        new double[][] {
          {0.24707629, -0.04707629}, {-0.74637262, 0.44637262}, {0.38016024, 0.21983976}
        },
        new double[][] {{-0.21621238, 0.21621238}});
  }

  private static MultiLayerNetwork network(
      Activation activation, Loss loss, int outputs, DataType precision) {
    return Networks.create(
        new NetworkSpec(
            List.of(new Dense(3, Activation.SIGMOID, WeightInit.GLOROT_UNIFORM)),
            new OutputSpec(activation, loss, 0, WeightInit.GLOROT_UNIFORM)),
        1,
        2,
        outputs,
        training -> training.updater(new Sgd(LEARNING_RATE)),
        1,
        precision);
  }

  private static void set(MultiLayerNetwork network, double[][] w2, double[][] b2) {
    network.setParam("0_W", array(network, W1));
    network.setParam("0_b", array(network, B1));
    network.setParam("1_W", array(network, w2));
    network.setParam("1_b", array(network, b2));
  }

  private static void assertOutput(MultiLayerNetwork network, double[][] y) {
    List<INDArray> activations = network.feedForward(array(network, X));
    assertClose(H, activations.get(1));
    assertClose(y, activations.get(2));
  }

  private static void assertGradients(
      MultiLayerNetwork network,
      double[][] target,
      double loss,
      double[][] dW1,
      double[][] dB1,
      double[][] dW2,
      double[][] dB2) {
    network.setInput(array(network, X));
    network.setLabels(array(network, target));
    network.computeGradientAndScore();
    assertEquals(loss, network.score(), TOLERANCE);
    assertClose(dW1, network.gradient().getGradientFor("0_W"));
    assertClose(dB1, network.gradient().getGradientFor("0_b"));
    assertClose(dW2, network.gradient().getGradientFor("1_W"));
    assertClose(dB2, network.gradient().getGradientFor("1_b"));
  }

  private static void assertStep(
      MultiLayerNetwork network,
      double[][] target,
      double[][] w1,
      double[][] b1,
      double[][] w2,
      double[][] b2) {
    network.fit(array(network, X), array(network, target));
    assertClose(w1, network.getParam("0_W"));
    assertClose(b1, network.getParam("0_b"));
    assertClose(w2, network.getParam("1_W"));
    assertClose(b2, network.getParam("1_b"));
  }

  private static INDArray array(MultiLayerNetwork network, double[][] values) {
    return Nd4j.createFromArray(values).castTo(network.params().dataType());
  }

  private static void assertClose(double[][] expected, INDArray actual) {
    double[][] rows = actual.reshape(expected.length, expected[0].length).toDoubleMatrix();
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], rows[i], TOLERANCE);
    }
  }
}
