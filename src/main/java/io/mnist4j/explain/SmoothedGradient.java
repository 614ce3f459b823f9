package io.mnist4j.explain;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.eval.ForwardPass;
import io.mnist4j.model.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of a class's log-odds by the image's pixels (K. Simonyan, A. Vedaldi, A. Zisserman,
 * "Deep inside convolutional networks", 2013), smoothed, for a network's gradient jumps from pixel
 * to pixel (D. Smilkov et al., "SmoothGrad", 2017): how fast the log-odds grow, in nats, with ink
 * in a soft dot around each pixel.
 */
final class SmoothedGradient {
  /** Standard deviation of the dot, in pixels: about the half of a stroke's width. */
  private static final double DOT = 1;

  /** How dark the dot is, of 1: enough to be felt by rounded sums, too little to be a stroke. */
  private static final double DARKNESS = 0.2;

  /** The dot has no ink beyond three standard deviations, in pixels. */
  private static final int DOT_REACH = 3;

  /** Pixels whose differences are found together: their images take 3 MB with 28x28 pixels. */
  private static final int PIXELS = 512;

  private SmoothedGradient() {}

  /**
   * By backpropagation.
   *
   * @param images of one size
   * @param labels [n] of the classes to explain, outputs of the network
   */
  static List<Saliency> of(PixelGradient gradient, List<GreyImage> images, int[] labels) {
    int pixels = images.get(0).pixels().length;
    float[] features = new float[images.size() * pixels];
    for (int n = 0; n < labels.length; n++) {
      float[] tones = images.get(n).tones();
      for (int i = 0; i < pixels; i++) {
        features[n * pixels + i] = tones[i] / 255;
      }
    }
    float[] slopes = gradient.of(features, labels, ClassMargin.LOG_ODDS).slopes();
    List<Saliency> saliencies = new ArrayList<>();
    for (int n = 0; n < labels.length; n++) {
      GreyImage image = images.get(n);
      saliencies.add(
          new Saliency(
              image.height(),
              image.width(),
              smoothed(
                  Arrays.copyOfRange(slopes, n * pixels, (n + 1) * pixels),
                  image.height(),
                  image.width())));
    }
    return saliencies;
  }

  /** Each number with those around it, as much as the dot has ink there. */
  private static float[] smoothed(float[] slopes, int height, int width) {
    float[] smoothed = new float[slopes.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int right = Math.min(width - 1, column + DOT_REACH);
        double sum = 0;
        for (int r = Math.max(0, row - DOT_REACH);
            r <= Math.min(height - 1, row + DOT_REACH);
            r++) {
          for (int c = Math.max(0, column - DOT_REACH); c <= right; c++) {
            double square = (r - row) * (r - row) + (c - column) * (c - column);
            sum += slopes[r * width + c] * Math.exp(-square / (2 * DOT * DOT));
          }
        }
        smoothed[row * width + column] = (float) sum;
      }
    }
    return smoothed;
  }

  /**
   * By central differences: for each pixel the dot is added there, and taken away. That takes
   * hundreds of times as long, and needs to know nothing of the network's layers.
   *
   * @param label the class to explain, an output of the network
   */
  static Saliency byDifferences(TrainedModel model, GreyImage image, int label) {
    int pixels = image.pixels().length;
    float[] slopes = new float[pixels];
    for (int start = 0; start < pixels; start += PIXELS) {
      int from = start;
      int count = Math.min(PIXELS, pixels - start);
      float[] outputs =
          ForwardPass.outputs(
              model.network(), 2 * count, (first, last) -> dotted(image, from, first, last));
      int classes = outputs.length / (2 * count);
      for (int i = 0; i < count; i++) {
        double more = logOdds(outputs, 2 * i, classes, label);
        double less = logOdds(outputs, 2 * i + 1, classes, label);
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

  private static double logOdds(float[] outputs, int image, int classes, int label) {
    return ClassMargin.LOG_ODDS.ofOutputs(outputs, image, classes, label);
  }
}
