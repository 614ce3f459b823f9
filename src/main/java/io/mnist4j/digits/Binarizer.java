package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Otsu;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells ink from paper: dark on light or light on dark, on paper of one tone or on a photo of it
 * with shades, shadows and the table that it lies on.
 */
final class Binarizer {
  /** Ink differs from paper by more, in 0 to 255: less is a blank picture. */
  private static final double MIN_CONTRAST = 20;

  /** By Otsu's η: two tones and what lies between at soft edges, as a program draws them. */
  private static final double DRAWN = 0.97;

  /** By Otsu's η: two tones that are distinct enough to need no look at the light ... */
  private static final double EVEN = 0.88;

  /** ... unless the ink holds a square of this part of the picture: that is no stroke of a pen. */
  private static final double SOLID = 0.2;

  /** Ink stands out from the paper's noise by so many standard deviations ... */
  private static final double NOISE_DEVIATIONS = 5;

  /** ... and at its darkest by so many: less is noise that goes far. */
  private static final double INK_DEVIATIONS = 8;

  /** Between the eighth and the fortieth percentile of a normal distribution. */
  private static final double DEVIATIONS_BETWEEN = 1.152;

  /** How much of each edge, from the corners on, says what tone the paper has. */
  private static final double CORNER = 0.2;

  /** Pictures with no side shorter than this are big enough to have their noise filtered. */
  private static final int BIG = 100;

  private final int height;
  private final int width;

  /** Tones, 0 to 255; ink is darker than paper from the moment on that its polarity is known. */
  private float[] tones;

  private Binarizer(GreyImage image) {
    height = image.height();
    width = image.width();
    tones = image.tones();
  }

  /** The ink; empty if the picture is blank. */
  static Optional<InkImage> find(GreyImage image) {
    Otsu split = Otsu.of(image.histogram());
    if (split.separability() < EVEN) {
      return new Binarizer(image).onUnevenPaper();
    }
    Binarizer binarizer = new Binarizer(image);
    boolean darkPaper = binarizer.cornerShareUpTo(split.threshold()) > 0.5;
    if (darkPaper) {
      binarizer.invert();
    }
    // A tone of the paper is above this one.
    float border = darkPaper ? 254.5f - split.threshold() : split.threshold() + 0.5f;
    return split.separability() < DRAWN && binarizer.isSolid(border)
        ? new Binarizer(image).onUnevenPaper()
        : binarizer.onEvenPaper(border);
  }

  /** Which part of the outermost pixels near the corners is no lighter than a tone. */
  private double cornerShareUpTo(int tone) {
    int high = Math.max(1, (int) (CORNER * height));
    int wide = Math.max(1, (int) (CORNER * width));
    int dark = 0;
    int all = 0;
    for (int i = 0; i < tones.length; i++) {
      int down = Math.min(i / width, height - 1 - i / width);
      int across = Math.min(i % width, width - 1 - i % width);
      if ((down == 0 && across < wide) || (across == 0 && down < high)) {
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

  /** Whether a large square has ink alone. */
  private boolean isSolid(float border) {
    float[] ink = new float[tones.length];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = tones[i] < border ? 1 : 0;
    }
    WindowMeans means = new WindowMeans(ink, height, width);
    int reach = (int) (SOLID * Math.min(height, width) / 2);
    for (int row = reach; row < height - reach; row++) {
      for (int column = reach; column < width - reach; column++) {
        if (means.at(row, column, reach) > 0.99) {
          return true;
        }
      }
    }
    return false;
  }

  private Optional<InkImage> onEvenPaper(float border) {
    float[] paper = sortedAbove(tones, border);
    float tone = paper[paper.length / 2];
    float[] taken = new float[tones.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = tone - tones[i];
    }
    return ink(taken, deviationOfPaper(taken), false);
  }

  /** Takes for paper what is left of the picture when all that is narrow has been filled. */
  private Optional<InkImage> onUnevenPaper() {
    int shorter = Math.min(height, width);
    if (shorter >= BIG) {
      tones = medians();
    }
    int reach = Math.max(3, shorter / 6);
    boolean darkPaper = inkIsLight(reach);
    if (darkPaper) {
      invert();
    }
    float[] paper = MorphologicalClosing.of(tones, height, width, reach);
    float[] light = new float[paper.length];
    float brightest = 1;
    for (int i = 0; i < light.length; i++) {
      light[i] = darkPaper ? 255 - paper[i] : paper[i];
      brightest = Math.max(brightest, light[i]);
    }
    float[] taken = new float[tones.length];
    for (int i = 0; i < taken.length; i++) {
      // The difference grows with the light; but in the dark there is only noise to multiply.
      taken[i] = (paper[i] - tones[i]) * brightest / Math.max(brightest / 2, light[i]);
    }
    // The closing finds the lightest of the noise. Ink lies above the paper: what is below tells of
    // the paper alone.
    float[] sorted = taken.clone();
    Arrays.sort(sorted);
    float middle = sorted[(int) (0.4 * sorted.length)];
    double noise = (middle - sorted[(int) (0.08 * sorted.length)]) / DEVIATIONS_BETWEEN;
    for (int i = 0; i < taken.length; i++) {
      taken[i] -= middle;
    }
    return ink(taken, noise, true);
  }

  /** The median of each pixel and its eight neighbours: it takes specks and keeps edges. */
  private float[] medians() {
    float[] filtered = new float[tones.length];
    float[] nine = new float[9];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int count = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
          for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
            float tone = tones[r * width + c];
            int at = count++;
            while (at > 0 && nine[at - 1] > tone) {
              nine[at] = nine[at - 1];
              at--;
            }
            nine[at] = tone;
          }
        }
        filtered[row * width + column] = nine[count / 2];
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
   * The ink.
   *
   * @param taken how much each pixel differs from the paper, 0 to 255
   * @param noise standard deviation of that on bare paper
   */
  private Optional<InkImage> ink(float[] taken, double noise, boolean uneven) {
    double floor = Math.max(MIN_CONTRAST, NOISE_DEVIATIONS * noise);
    float[] inked = sortedAbove(taken, floor);
    double full = inked.length == 0 ? 0 : inked[(int) (0.9 * (inked.length - 1))];
    if (inked.length == 0 || full < INK_DEVIATIONS * noise) {
      return Optional.empty();
    }
    // What noise does to paper is no ink.
    double least = Math.min(full / 2, 3 * noise);
    for (int i = 0; i < taken.length; i++) {
      taken[i] = taken[i] <= least ? 0 : (float) Math.min(1, taken[i] / full);
    }
    return Optional.of(new InkImage(height, width, taken, uneven));
  }

  private static float[] sortedAbove(float[] values, double bound) {
    float[] above = new float[values.length];
    int count = 0;
    for (float value : values) {
      if (value > bound) {
        above[count++] = value;
      }
    }
    Arrays.sort(above, 0, count);
    return Arrays.copyOf(above, count);
  }

  /** The noise on the lighter side of the paper's tone, where no ink is. */
  private static double deviationOfPaper(float[] taken) {
    double sum = 0;
    int count = 0;
    for (float value : taken) {
      if (value < 0) {
        sum += (double) value * value;
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(sum / count);
  }
}
