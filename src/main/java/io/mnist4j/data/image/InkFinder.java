package io.mnist4j.data.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * Tells ink from paper: dark on light or light on dark, on paper of one tone or on a photo of it
 * that the light falls on unevenly.
 */
final class InkFinder {
  /** Ink differs from paper by more, in 0 to 255 of the paper's tone: less is a blank picture. */
  private static final double MIN_CONTRAST = 20;

  /** Two tones at least as distinct as this need no look at the light. */
  private static final double EVEN = 0.85;

  /** The least part of a picture's edge that paper of one tone has. */
  private static final double PAPER_AT_EDGE = 0.6;

  /** Ink stands out from the paper's noise by so many standard deviations. */
  private static final double NOISE_DEVIATIONS = 5;

  /** Pictures with no side shorter than this are big enough to have their noise filtered. */
  private static final int BIG = 100;

  /** The constants of Sauvola's threshold: weight, and the largest standard deviation. */
  private static final double SAUVOLA_WEIGHT = 0.2;

  private static final double SAUVOLA_RANGE = 128;

  private final int height;
  private final int width;

  /** Tones, 0 to 255; ink is darker than paper from the moment on that its polarity is known. */
  private float[] tones;

  private InkFinder(GreyImage image) {
    height = image.height();
    width = image.width();
    tones = new float[height * width];
    for (int i = 0; i < tones.length; i++) {
      tones[i] = Byte.toUnsignedInt(image.pixels()[i]);
    }
  }

  /** The ink; empty if the picture is blank. */
  static Optional<InkPlane> find(GreyImage image) {
    Otsu split = Otsu.of(image.histogram());
    InkFinder finder = new InkFinder(image);
    double darkEdge = finder.edgeShareUpTo(split.threshold());
    boolean darkPaper = darkEdge > 0.5;
    boolean paperAtEdge = Math.abs(darkEdge - 0.5) > PAPER_AT_EDGE - 0.5;
    if (split.separability() > EVEN && paperAtEdge) {
      if (darkPaper) {
        finder.invert();
      }
      return finder.onPaperOf(
          finder.medianFrom(darkPaper ? 255 - split.threshold() : split.threshold() + 1));
    }
    return finder.onUnevenPaper();
  }

  /** Which part of the outermost pixels is no lighter than a tone. */
  private double edgeShareUpTo(int tone) {
    int dark = 0;
    int all = 0;
    for (int i = 0; i < tones.length; i++) {
      int row = i / width;
      int column = i % width;
      if (row == 0 || column == 0 || row == height - 1 || column == width - 1) {
        all++;
        dark += tones[i] <= tone ? 1 : 0;
      }
    }
    return (double) dark / all;
  }

  private void invert() {
    for (int i = 0; i < tones.length; i++) {
      tones[i] = 255 - tones[i];
    }
  }

  /** The median of the tones that are no darker than one. */
  private float medianFrom(int tone) {
    float[] sorted = tones.clone();
    Arrays.sort(sorted);
    int first = 0;
    while (first < sorted.length - 1 && sorted[first] < tone) {
      first++;
    }
    return sorted[(first + sorted.length - 1) / 2];
  }

  private Optional<InkPlane> onPaperOf(double paper) {
    float[] paperTones = new float[tones.length];
    Arrays.fill(paperTones, (float) paper);
    return inkOn(paperTones, false);
  }

  /** Estimates the paper's tone at each pixel from the paper around it. */
  private Optional<InkPlane> onUnevenPaper() {
    if (Math.min(height, width) >= BIG) {
      tones = medians();
    }
    int reach = Math.max(7, Math.min(height, width) / 6);
    if (inkIsLight(reach)) {
      invert();
    }
    float[] paper = paperAround(darkerThanAround(reach), reach);
    // Once more, now that ink and the light on the paper can be told apart better.
    Optional<InkPlane> first = inkOn(paper, true);
    if (first.isEmpty()) {
      return first;
    }
    boolean[] ink = new boolean[tones.length];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = first.get().ink[i] > 0.2;
    }
    return inkOn(paperAround(ink, Math.max(4, reach / 3)), true);
  }

  /** The median of each pixel and its eight neighbours: it takes specks and keeps edges. */
  private float[] medians() {
    float[] filtered = new float[tones.length];
    float[] nine = new float[9];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        for (int k = 0; k < 9; k++) {
          int r = Math.min(height - 1, Math.max(0, row + k / 3 - 1));
          int c = Math.min(width - 1, Math.max(0, column + k % 3 - 1));
          nine[k] = tones[r * width + c];
        }
        Arrays.sort(nine);
        filtered[row * width + column] = nine[4];
      }
    }
    return filtered;
  }

  /** Ink is the lesser part, so it makes the longer tail of what differs from its surroundings. */
  private boolean inkIsLight(int reach) {
    WindowMeans around = new WindowMeans(tones, height, width);
    double skewness = 0;
    for (int i = 0; i < tones.length; i++) {
      double difference = tones[i] - around.at(i / width, i % width, reach);
      skewness += difference * difference * difference;
    }
    return skewness > 0;
  }

  /**
   * J. Sauvola and M. Pietikäinen, "Adaptive document image binarization", Pattern Recognition
   * 33(2), 2000: the threshold is mean × (1 + k (deviation / R − 1)) of the window.
   */
  private boolean[] darkerThanAround(int reach) {
    float[] squares = new float[tones.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = tones[i] * tones[i];
    }
    WindowMeans means = new WindowMeans(tones, height, width);
    WindowMeans squareMeans = new WindowMeans(squares, height, width);
    boolean[] dark = new boolean[tones.length];
    for (int i = 0; i < dark.length; i++) {
      double mean = means.at(i / width, i % width, reach);
      double variance = squareMeans.at(i / width, i % width, reach) - mean * mean;
      double deviation = Math.sqrt(Math.max(0, variance));
      dark[i] = tones[i] < mean * (1 + SAUVOLA_WEIGHT * (deviation / SAUVOLA_RANGE - 1));
    }
    return dark;
  }

  /** The mean tone of what is paper around each pixel, in a window that grows until it has some. */
  private float[] paperAround(boolean[] ink, int reach) {
    float[] weights = new float[tones.length];
    float[] weighted = new float[tones.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = ink[i] ? 0 : 1;
      weighted[i] = ink[i] ? 0 : tones[i];
    }
    WindowMeans weightMeans = new WindowMeans(weights, height, width);
    WindowMeans weightedMeans = new WindowMeans(weighted, height, width);
    float[] paper = new float[tones.length];
    for (int i = 0; i < paper.length; i++) {
      int wider = reach;
      while (weightMeans.at(i / width, i % width, wider) < 0.3 && wider < height + width) {
        wider *= 2;
      }
      double weight = weightMeans.at(i / width, i % width, wider);
      paper[i] =
          weight > 0 ? (float) (weightedMeans.at(i / width, i % width, wider) / weight) : tones[i];
    }
    return paper;
  }

  /**
   * Ink as the part of the paper's light that it takes. Half as much as the full ink takes is the
   * border between the two.
   */
  private Optional<InkPlane> inkOn(float[] paper, boolean uneven) {
    float[] taken = new float[tones.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = uneven ? 255 * (1 - tones[i] / Math.max(1, paper[i])) : paper[i] - tones[i];
    }
    double noise = uneven ? deviation(taken) : deviationOfPaper(taken);
    double floor = Math.max(MIN_CONTRAST, NOISE_DEVIATIONS * noise);
    float[] inked = new float[taken.length];
    int count = 0;
    for (float value : taken) {
      if (value > floor) {
        inked[count++] = value;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    Arrays.sort(inked, 0, count);
    double full = inked[(int) (0.9 * (count - 1))];
    // What noise does to paper is no ink.
    double least = Math.min(full / 2, 3 * noise);
    for (int i = 0; i < taken.length; i++) {
      taken[i] = taken[i] <= least ? 0 : (float) Math.min(1, taken[i] / full);
    }
    return Optional.of(new InkPlane(height, width, taken, uneven));
  }

  /** The standard deviation of what is mostly noise, by the median of its size. */
  private static double deviation(float[] values) {
    float[] sizes = new float[values.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(values[i]);
    }
    Arrays.sort(sizes);
    return 1.4826 * sizes[sizes.length / 2];
  }

  /** The same where the paper's tone is the mean of the lighter class, and ink may be plenty. */
  private static double deviationOfPaper(float[] values) {
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (value < 0) {
        sum += (double) value * value;
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(sum / count);
  }
}
