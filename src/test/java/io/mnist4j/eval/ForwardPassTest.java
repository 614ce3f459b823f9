package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.WeightInit;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class ForwardPassTest {
  /** Gives (x, 2 x) for an image of one pixel x. */
  private static final MultiLayerNetwork NETWORK = network();

  private final List<Integer> batches = new ArrayList<>();

  private static MultiLayerNetwork network() {
    OutputSpec linear = new OutputSpec(Activation.IDENTITY, Loss.MSE, 0, WeightInit.GLOROT_UNIFORM);
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(List.of(), linear),
            1,
            1,
            2,
            training -> training.updater(new Sgd()),
            1);
    network.params().assign(Nd4j.create(new float[][] {{1, 2, 0, 0}}));
    return network;
  }

  /** Image i has the pixel i. */
  private INDArray pixels(int first, int last) {
    batches.add(last - first);
    return Nd4j.arange(first, last).reshape(last - first, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_999, 2_000, 2_001, 4_500})
  void outputsAreInTheOrderOfTheImages(int images) {
    float[] outputs = ForwardPass.outputs(NETWORK, images, this::pixels);
    float[] expected = new float[2 * images];
    for (int image = 0; image < images; image++) {
      expected[2 * image] = image;
      expected[2 * image + 1] = 2 * image;
    }
    assertArrayEquals(expected, outputs);
  }

  @Test
  void noBatchIsLargerThanWhatMemoryIsFor() {
    assertEquals(9_000, ForwardPass.outputs(NETWORK, 4_500, this::pixels).length);
    assertEquals(List.of(2_000, 2_000, 500), batches);
  }

  @Test
  void noImagesAreNoOutputs() {
    assertEquals(0, ForwardPass.outputs(NETWORK, 0, this::pixels).length);
    assertEquals(List.of(), batches);
  }
}
