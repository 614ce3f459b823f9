package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which ink speaks for a class and which against it: the gradient of the class's log-odds by the
 * image's pixels (K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks",
 * 2013), smoothed, for a network's gradient jumps from pixel to pixel (D. Smilkov et al.,
 * "SmoothGrad", 2017). It is taken by central differences: for each pixel a soft dot of ink is
 * added there, and taken away. So it takes forward passes alone and needs to know nothing of the
 * network's layers; what works in training only, such as dropout, has no part in it.
 */
public final class Saliency {
  /** Standard deviation of the dot, in pixels: about the half of a stroke's width. */
  private static final double DOT = 1;

  /** How dark the dot is, of 1: enough to be felt by rounded sums, too little to be a stroke. */
  private static final double DARKNESS = 0.2;

  /** The dot has no ink beyond three standard deviations, in pixels. */
  private static final int DOT_REACH = 3;

  /** Pixels whose slopes are found together: their images take 3 MB with 28x28 pixels. */
  private static final int PIXELS = 512;

  /** No output counts as less. */
  private static final double SMALLEST = 1e-30;

  private final int height;
  private final int width;
  private final float[] slopes;

  private Saliency(int height, int width, float[] slopes) {
    this.height = height;
    this.width = width;
    this.slopes = slopes;
  }

  /**
   * Explains a prediction.
   *
   * @param image what the network saw
   * @param label the class to explain, an output of the network
   */
  public static Saliency of(Classifier classifier, GreyImage image, int label) {
    int pixels = image.pixels().length;
    float[] slopes = new float[pixels];
    for (int start = 0; start < pixels; start += PIXELS) {
      int from = start;
      int count = Math.min(PIXELS, pixels - start);
      float[] outputs =
          classifier.outputs(2 * count, (first, last) -> dotted(image, from, first, last));
      int classes = outputs.length / (2 * count);
      for (int i = 0; i < count; i++) {
        double more = logOdds(outputs, 2 * i * classes, classes, label);
        double less = logOdds(outputs, (2 * i + 1) * classes, classes, label);
        slopes[start + i] = (float) ((more - less) / (2 * DARKNESS));
      }
    }
    return new Saliency(image.height(), image.width(), slopes);
  }

  /**
   * For each pixel the image with a dot there, and the image less that dot, in turn.
   *
   * @param from the pixel that the images with the indices 0 and 1 are for
   * @param first index of an image
   * @param last index + 1
   */
  private static INDArray dotted(GreyImage image, int from, int first, int last) {
    int pixels = image.pixels().length;
    float[] plain = image.tones();
    for (int i = 0; i < pixels; i++) {
      plain[i] /= 255;
    }
    float[] features = new float[(last - first) * pixels];
    for (int i = first; i < last; i++) {
      int offset = (i - first) * pixels;
      System.arraycopy(plain, 0, features, offset, pixels);
      addDot(features, offset, image, from + i / 2, i % 2 == 0 ? DARKNESS : -DARKNESS);
    }
    return Nd4j.create(features, new long[] {last - first, pixels}, 'c').castTo(DataType.FLOAT);
  }

  private static void addDot(
      float[] features, int offset, GreyImage image, int pixel, double darkness) {
    int row = pixel / image.width();
    int column = pixel % image.width();
    int right = Math.min(image.width() - 1, column + DOT_REACH);
    for (int r = Math.max(0, row - DOT_REACH);
        r <= Math.min(image.height() - 1, row + DOT_REACH);
        r++) {
      for (int c = Math.max(0, column - DOT_REACH); c <= right; c++) {
        double square = (r - row) * (r - row) + (c - column) * (c - column);
        features[offset + r * image.width() + c] +=
            (float) (darkness * Math.exp(-square / (2 * DOT * DOT)));
      }
    }
  }

  /** For a softmax, the class's log-odds; it does not flatten where the network is certain. */
  private static double logOdds(float[] outputs, int first, int classes, int label) {
    double others = 0;
    for (int i = 0; i < classes; i++) {
      others += i == label ? 0 : Math.max(0, outputs[first + i]);
    }
    double own = outputs[first + label];
    return Math.log(Math.max(SMALLEST, own)) - Math.log(Math.max(SMALLEST, others));
  }

  /** Rows of the image. */
  public int height() {
    return height;
  }

  /** Columns of the image. */
  public int width() {
    return width;
  }

  /**
   * How fast the log-odds of the class grow, in nats, with ink in a soft dot around a pixel: above
   * 0 where ink speaks for the class, below 0 where it speaks against it.
   */
  public float at(int row, int column) {
    return slopes[row * width + column];
  }

  /** All of them, {@code [height * width]} row by row, to three decimals. */
  public List<Float> rounded() {
    List<Float> rounded = new ArrayList<>();
    for (float slope : slopes) {
      rounded.add(Math.round(1000 * slope) / 1000f);
    }
    return rounded;
  }

  /** The largest of all, by size; 0 if no ink matters. */
  public float strongest() {
    float strongest = 0;
    for (float slope : slopes) {
      strongest = Math.max(strongest, Math.abs(slope));
    }
    return strongest;
  }
}
