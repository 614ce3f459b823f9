package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.WeightInit;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

class PredictionsTest {

  /** More images than one batch takes; every fourth is of class 0. */
  private static final ImageSet IMAGES = images(4_100);

  @Test
  void uniformAnswersAreWorthTheLogarithmOfTheClasses() {
    MultiLayerNetwork network = network();
    network.params().assign(0);
    Evaluation evaluation = Predictions.of(network, IMAGES).evaluation();
    assertEquals(4_100, evaluation.images());
    // All four outputs are 1/4 and the first of equals counts: class 0, every fourth image.
    assertEquals(1_025, evaluation.correct());
    assertEquals(0.25, evaluation.accuracy());
    assertEquals(Math.log(4), evaluation.loss(), 1e-6);
  }

  @Test
  void certaintyIsJudgedByTheRightLabel() {
    MultiLayerNetwork network = network();
    network.params().assign(0);
    // No hidden layer: 4 weights, then 4 biases. Softmax of (0, 0, 0, 20) is 1 for class 3.
    network.params().putScalar(4 + 3, 20);
    Evaluation evaluation = Predictions.of(network, IMAGES).evaluation();
    assertEquals(1_025, evaluation.correct());
    // Right: -ln(1) = 0. Wrong, in three of four: -ln(e^-20) = 20.
    assertEquals(15, evaluation.loss(), 1e-4);
  }

  @Test
  void lossIsTheNetworksOwn() {
    OutputSpec binary =
        new OutputSpec(Activation.SIGMOID, Loss.CROSS_ENTROPY, 0, WeightInit.GLOROT_UNIFORM);
    MultiLayerNetwork network = network(binary);
    network.params().assign(0);
    // Four sigmoids of 0 are 1/2: -ln(1/2) for each of them, whatever the label is.
    assertEquals(4 * Math.log(2), Predictions.of(network, IMAGES).evaluation().loss(), 1e-6);

    network = network(new OutputSpec(Activation.IDENTITY, Loss.MSE, 0, WeightInit.GLOROT_UNIFORM));
    network.params().assign(0);
    network.params().putScalar(4 + 3, 2);
    // Outputs (0, 0, 0, 2). Class 3: (2 - 1)^2 / 4; the other three: (1 + 4) / 4.
    assertEquals((0.25 + 3 * 1.25) / 4, Predictions.of(network, IMAGES).evaluation().loss(), 1e-6);
  }

  private static MultiLayerNetwork network() {
    return network(OutputSpec.DEFAULT);
  }

  private static MultiLayerNetwork network(OutputSpec output) {
    return Networks.create(
        new NetworkSpec(List.of(), output), 1, 1, 4, training -> training.updater(new Sgd(0.1)), 1);
  }

  private static ImageSet images(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 4);
    }
    return new ImageSet(1, 1, new byte[count], labels);
  }
}
