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
    long below = 0;
    double sumBelow = 0;
    double best = -1;
    int first = 0;
    int last = 0;
    for (int tone = 0; tone < histogram.length - 1; tone++) {
      below += histogram[tone];
      sumBelow += (double) tone * histogram[tone];
      if (below == 0 || below == count) {
        continue;
      }
      double share = (double) below / count;
      double difference = (mean * share - sumBelow / count) / share;
      double between = difference * difference * share / (1 - share);
      if (between > best) {
        best = between;
        first = tone;
      }
      if (between == best) {
        last = tone;
      }
    }
    return of(histogram, (first + last) / 2, count, mean, squares / count - mean * mean);
  }

  private static Otsu of(int[] histogram, int threshold, long count, double mean, double variance) {
    long dark = 0;
    double darkSum = 0;
    for (int tone = 0; tone <= threshold; tone++) {
      dark += histogram[tone];
      darkSum += (double) tone * histogram[tone];
    }
    if (dark == 0 || dark == count) {
      return new Otsu(threshold, 0, Math.max(0, variance));
    }
    double share = (double) dark / count;
    double darkMean = darkSum / dark;
    double lightMean = (mean * count - darkSum) / (count - dark);
    double contrast = lightMean - darkMean;
    return new Otsu(threshold, share * (1 - share) * contrast * contrast, Math.max(0, variance));
  }

  /**
   * Otsu's η: which part of all variance lies between the two classes, 0 to 1. Two flat tones have
   * 1, an even ramp 0.75, and noise about 0.64.
   */
  public double separability() {
    return variance > 0 ? varianceBetween / variance : 0;
  }
}
