package io.mnist4j.data.pictures;

/**
 * The two tones of a picture, told apart where their means are best separated: N. Otsu, "A
 * threshold selection method from gray-level histograms", IEEE Transactions on Systems, Man, and
 * Cybernetics 9(1), 1979.
 *
 * @param threshold tones up to this one are dark, those above it light
 * @param varianceBetween of the two classes: share of dark × share of light × (light − dark)²
 * @param variance of all tones
 */
public record Otsu(int threshold, double varianceBetween, double variance) {

  /**
   * Splits a histogram. Where several thresholds separate equally well, the middle one is taken.
   *
   * @param histogram pixels of each tone, at least one pixel
   */
  public static Otsu of(int[] histogram) {
    long count = 0;
    double sum = 0;
    double squares = 0;
    for (int tone = 0; tone < histogram.length; tone++) {
      count += histogram[tone];
      sum += (double) tone * histogram[tone];
      squares += (double) tone * tone * histogram[tone];
    }
    double mean = sum / count;
    double[] between = new double[histogram.length];
    long below = 0;
    double sumBelow = 0;
    int first = 0;
    int last = 0;
    for (int tone = 0; tone < histogram.length - 1; tone++) {
      below += histogram[tone];
      sumBelow += (double) tone * histogram[tone];
      if (below > 0 && below < count) {
        double share = (double) below / count;
        double difference = (mean * share - sumBelow / count) / share;
        between[tone] = difference * difference * share / (1 - share);
      }
      if (between[tone] > between[first]) {
        first = tone;
      }
      if (between[tone] == between[first]) {
        last = tone;
      }
    }
    int threshold = (first + last) / 2;
    return new Otsu(threshold, between[threshold], Math.max(0, squares / count - mean * mean));
  }

  /**
   * Otsu's η: which part of all variance lies between the two classes, 0 to 1. Two flat tones have
   * 1, an even ramp 0.75, and noise about 0.64.
   */
  public double separability() {
    return variance > 0 ? varianceBetween / variance : 0;
  }
}
