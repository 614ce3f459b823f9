package io.mnist4j.eval;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs images through a network, many at a time. All images as floats are never in memory. */
public final class ForwardPass {
  /**
   * Images that go through the network at once: enough for one matrix product to be worth it, few
   * enough for any memory (2,000 images of 28x28 are 6 MB).
   */
  public static final int BATCH = 2_000;

  /**
   * The same for networks with convolutions: DL4J lays out each window of an image, some 200,000
   * numbers for an image of 28x28.
   */
  private static final int BATCH_OF_MAPS = 128;

  private ForwardPass() {}

  /** Makes the images of one batch. */
  @FunctionalInterface
  public interface FeatureSource {
    /**
     * Images {@code first} to {@code last - 1}.
     *
     * @return {@code [last - first, channels * height * width]} float32: 0 is paper and 1 is ink
     */
    INDArray features(int first, int last);
  }

  /**
   * Images that go through a network at once.
   *
   * @param convolutions whether the network has some
   */
  public static int imagesAtOnce(boolean convolutions) {
    return convolutions ? BATCH_OF_MAPS : BATCH;
  }

  /** Images that go through a network at once. */
  public static int imagesAtOnce(MultiLayerNetwork network) {
    return imagesAtOnce(hasConvolutions(network));
  }

  private static boolean hasConvolutions(MultiLayerNetwork network) {
    return network.getLayerWiseConfigurations().getConfs().stream()
        .anyMatch(conf -> conf.getLayer() instanceof ConvolutionLayer);
  }

  /**
   * The network's outputs for all images.
   *
   * @param images how many there are, 0 or more
   * @return {@code [images, classes]} row by row: probabilities, unless the network's last layer
   *     makes something else
   */
  public static float[] outputs(MultiLayerNetwork network, int images, FeatureSource source) {
    float[] outputs = new float[0];
    int atOnce = imagesAtOnce(network);
    for (int first = 0; first < images; first += atOnce) {
      int last = Math.min(images, first + atOnce);
      // ND4J's own way to rows makes an array of each first, and takes longer for that than a
      // small network does for its outputs.
      float[] batch = network.output(source.features(first, last)).dup('c').data().asFloat();
      if (last == images && first == 0) {
        return batch;
      }
      int classes = batch.length / (last - first);
      if (first == 0) {
        outputs = Arrays.copyOf(outputs, Math.multiplyExact(images, classes));
      }
      System.arraycopy(batch, 0, outputs, first * classes, batch.length);
    }
    return outputs;
  }
}
