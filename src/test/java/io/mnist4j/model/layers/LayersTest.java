package io.mnist4j.model.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What DL4J's layers compute, against what we say that they do. */
class LayersTest {

  @ParameterizedTest
  @CsvSource({
    "SIGMOID, -1, 0.26894142",
    "SIGMOID, 2, 0.88079708",
    "RELU, -1, 0",
    "RELU, 2, 2",
    "TANH, -1, -0.76159416",
    "LEAKY_RELU, -1, -0.01",
    "LEAKY_RELU, 2, 2",
    "ELU, -1, -0.63212056", // e^-1 - 1
    "ELU, 2, 2",
    "GELU, -1, -0.15420423", // -1 / (1 + e^1.702); -Φ(-1) would be -0.15865525
    "GELU, 2, 1.93565862", // 2 / (1 + e^-3.404)
    "SWISH, -1, -0.26894142",
    "SWISH, 2, 1.76159416",
    "IDENTITY, -1, -1",
  })
  void activation(Activation activation, double x, double expected) {
    INDArray z = Nd4j.createFromArray(new double[][] {{x}});
    assertEquals(expected, activation.nd4j().getActivation(z, true).getDouble(0), 1e-8);
  }

  /**
   * The filter is laid on the image as it is, not turned round, and rows stay rows.
   *
   * <pre>
   * image  1 2 3   filter  1 2   1·1 + 2·2 + 3·4 + 4·5 = 37   1·2 + 2·3 + 3·5 + 4·6 = 47
   *        4 5 6           3 4   1·4 + 2·5 + 3·7 + 4·8 = 67   1·5 + 2·6 + 3·8 + 4·9 = 77
   *        7 8 9
   * </pre>
   */
  @Test
  void convolutionByHand() {
    MultiLayerNetwork network = convolution(2, 1, Padding.VALID);
    assertArrayEquals(new double[] {37, 47, 67, 77}, firstLayer(network), 1e-6);
  }

  /** One row and column of zeros come after the image: 1·3 + 3·6 = 21 at the right of its top. */
  @Test
  void convolutionByHandWithZerosAround() {
    MultiLayerNetwork network = convolution(2, 1, Padding.SAME);
    assertArrayEquals(new double[] {37, 47, 21, 67, 77, 33, 23, 26, 9}, firstLayer(network), 1e-6);
  }

  @Test
  void convolutionByHandWithStride() {
    MultiLayerNetwork network = convolution(2, 2, Padding.SAME);
    assertArrayEquals(new double[] {37, 21, 23, 9}, firstLayer(network), 1e-6);
  }

  @Test
  void poolingByHand() {
    assertArrayEquals(
        new double[] {5, 6, 8, 9}, firstLayer(create(new Maxpool2d(2, 1), new Flatten())), 1e-6);
    assertArrayEquals(
        new double[] {3, 4, 6, 7}, firstLayer(create(new Avgpool2d(2, 1), new Flatten())), 1e-6);
    assertArrayEquals(
        new double[] {5}, firstLayer(create(new Maxpool2d(2, 2), new Flatten())), 1e-6);
  }

  /** Two filters of one pixel, times 1 and times 10: all of the first come before the second. */
  @Test
  void flattenGoesChannelByChannelAndRowByRow() {
    MultiLayerNetwork network =
        create(
            new Conv2d(2, 1, 1, Padding.VALID, Activation.IDENTITY, WeightInit.ZEROS),
            new Flatten(),
            new Dense(18, Activation.IDENTITY, WeightInit.ZEROS));
    network.setParam("0_W", Nd4j.createFromArray(1f, 10f).reshape(2, 1, 1, 1));
    network.setParam("1_W", Nd4j.eye(18).castTo(DataType.FLOAT));
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90},
        network.feedForward(image()).get(2).reshape(18).toDoubleVector(),
        1e-6);
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(List.of(new Dropout(0.2)), OutputSpec.DEFAULT),
            100,
            100,
            2,
            training -> training.updater(new Sgd(0)),
            1);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 10, 10_000);
    double[] trained = network.feedForward(ones, true).get(1).reshape(100_000).toDoubleVector();
    int dropped = 0;
    for (double value : trained) {
      assertTrue(value == 0 || Math.abs(value - 1 / 0.8) < 1e-6, "value " + value);
      dropped += value == 0 ? 1 : 0;
    }
    // Five standard deviations of a share: √(0.2 · 0.8 / 100,000) = 0.0013.
    assertEquals(0.2, dropped / 1e5, 0.0065);
    assertEquals(ones, network.feedForward(ones, false).get(1));
  }

  /**
   * The batch 1, 3: mean 2, variance 1, so ± 1 / √(1 + ε). With the momentum 0.75 the running mean
   * goes from 0 to 0.25 · 2, the running variance from 1 to 0.75 · 1 + 0.25 · 1; with the batch 0,
   * 4, whose variance is 4, to 0.75 · 0.5 + 0.25 · 2 and 0.75 + 1. The clipping of gradients must
   * not touch them.
   */
  @Test
  void batchNormalisationByHand() {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(List.of(new Batchnorm(0.75, 0.01)), OutputSpec.DEFAULT),
            1,
            1,
            2,
            training ->
                training
                    .updater(new Sgd(0))
                    .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                    .gradientNormalizationThreshold(1e-3),
            1);
    INDArray batch = Nd4j.createFromArray(new float[][] {{1}, {3}});
    double one = 1 / Math.sqrt(1.01);
    assertArrayEquals(
        new double[] {-one, one},
        network.feedForward(batch, true).get(1).reshape(2).toDoubleVector(),
        1e-6);

    INDArray labels = Nd4j.eye(2).castTo(DataType.FLOAT);
    network.fit(batch, labels);
    assertEquals(0.5, network.getParam("0_mean").getDouble(0), 1e-6);
    assertEquals(1, network.getParam("0_var").getDouble(0), 1e-6);
    network.fit(Nd4j.createFromArray(new float[][] {{0}, {4}}), labels);
    assertEquals(0.875, network.getParam("0_mean").getDouble(0), 1e-6);
    assertEquals(1.75, network.getParam("0_var").getDouble(0), 1e-6);

    // Afterwards: (x - 0.875) / √(1.75 + 0.01).
    assertArrayEquals(
        new double[] {0.125 / Math.sqrt(1.76), 2.125 / Math.sqrt(1.76)},
        network.feedForward(batch, false).get(1).reshape(2).toDoubleVector(),
        1e-6);
  }

  /** Such as a pixel at the edge of all images: its running variance goes to 0, and no further. */
  @Test
  void batchNormalisationOfWhatNeverChangesStaysFinite() {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(List.of(new Batchnorm(0.1, 1e-3)), OutputSpec.DEFAULT),
            1,
            2,
            2,
            training -> training.updater(new Sgd(0.1)),
            1);
    INDArray batch = Nd4j.createFromArray(new float[][] {{0, 1}, {0, 3}});
    INDArray labels = Nd4j.eye(2).castTo(DataType.FLOAT);
    for (int step = 0; step < 200; step++) {
      network.fit(batch, labels);
    }
    for (double parameter : network.params().toDoubleVector()) {
      assertTrue(Double.isFinite(parameter));
    }
    assertEquals(0, network.getParam("0_var").getDouble(0), 1e-30);
  }

  /** Wrong by far, and still with the whole gradient y - t: ND4J's constant would stop at 1e-5. */
  @Test
  void sigmoidLearnsFromAnswersThatAreFarOff() {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(
                List.of(),
                new OutputSpec(Activation.SIGMOID, Loss.CROSS_ENTROPY, 0, WeightInit.ONES)),
            1,
            1,
            1,
            training -> training.updater(new Sgd(1)),
            1);
    network.fit(
        Nd4j.createFromArray(new float[][] {{14}}), Nd4j.createFromArray(new float[][] {{0}}));
    assertEquals(14, network.score(), 1e-2);
    assertEquals(-1, network.getParam("0_b").getDouble(0), 1e-1);
  }

  private static MultiLayerNetwork convolution(int kernel, int stride, Padding padding) {
    MultiLayerNetwork network =
        create(
            new Conv2d(1, kernel, stride, padding, Activation.IDENTITY, WeightInit.ZEROS),
            new Flatten());
    network.setParam("0_W", Nd4j.createFromArray(1f, 2f, 3f, 4f).reshape(1, 1, 2, 2));
    return network;
  }

  private static MultiLayerNetwork create(LayerSpec... layers) {
    NetworkSpec spec = new NetworkSpec(List.of(layers), OutputSpec.DEFAULT);
    return Networks.create(spec, 3, 3, 2, training -> training.updater(new Sgd(0)), 1);
  }

  private static double[] firstLayer(MultiLayerNetwork network) {
    INDArray output = network.feedForward(image()).get(1);
    return output.reshape(output.length()).toDoubleVector();
  }

  private static INDArray image() {
    return Nd4j.createFromArray(new float[][] {{1, 2, 3, 4, 5, 6, 7, 8, 9}});
  }
}
