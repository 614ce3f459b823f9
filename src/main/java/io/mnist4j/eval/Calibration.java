package io.mnist4j.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is right as often as it says: its confidences, which are the outputs of the
 * classes that it named, in bins of equal width.
 *
 * @param bins all of them, from confidence 0 to 1
 */
public record Calibration(List<Bin> bins) {
  /** As many as Guo et al. (2017) take, and most publications since. */
  static final int BINS = 15;

  /**
   * The images whose confidence lies above the bin's lower end and not above its upper one.
   *
   * @param hits how many of them were named rightly
   * @param meanConfidence not a number in a bin without images
   */
  public record Bin(Proportion hits, double meanConfidence) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Bins the confidences, which must lie in 0 to 1. */
  static Calibration of(Predictions predictions) {
    int[] images = new int[BINS];
    int[] right = new int[BINS];
    double[] confidences = new double[BINS];
    for (int image = 0; image < predictions.size(); image++) {
      double confidence = predictions.confidence(image);
      int bin = Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
      images[bin]++;
      confidences[bin] += confidence;
      if (predictions.isRight(image)) {
        right[bin]++;
      }
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(new Bin(new Proportion(right[bin], images[bin]), confidences[bin] / images[bin]));
    }
    return new Calibration(bins);
  }

  /**
   * The expected calibration error, 0 to 1: the distance between share of hits and mean confidence,
   * averaged over the bins by their images. Guo et al., On Calibration of Modern Neural Networks,
   * ICML 2017, equation 3.
   */
  public double error() {
    double sum = 0;
    long images = 0;
    for (Bin bin : bins) {
      if (bin.hits().known()) {
        sum += bin.hits().trials() * Math.abs(bin.hits().value() - bin.meanConfidence());
        images += bin.hits().trials();
      }
    }
    return sum / images;
  }
}
