package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Otsu;
import io.mnist4j.data.pictures.Picture;
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

  /** Two tones of which one is shaded, if the borders between them are sharp in such a part. */
  private static final double SHADED = 0.6;

  private static final double SHARP = 0.9;

  /** ... unless the ink holds a square of this part of the picture: that is no stroke of a pen. */
  private static final double SOLID = 0.33;

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

  /** Pixels that say how noisy the paper is. */
  private static final int SAMPLES = 20_000;

  private final int height;
  private final int width;

  /** Tones, 0 to 255; ink is darker than paper from the moment on that its polarity is known. */
  private float[] tones;

  private Binarizer(GreyImage image) {
    height = image.height();
    width = image.width();
    tones = image.tones();
  }

  /**
   * The ink; empty if the picture is blank.
   *
   * @param image the picture's tones
   */
  static Optional<InkImage> find(Picture picture, GreyImage image) {
    Optional<boolean[]> desk = PageArea.desk(picture);
    if (desk.isPresent()) {
      Optional<InkImage> onPage = find(withoutDesk(image, desk.get()));
      if (onPage.isPresent()) {
        return onPage.map(InkImage::ofPhoto);
      }
    }
    return find(image);
  }

  /** A picture whose page goes on where the desk was. */
  private static GreyImage withoutDesk(GreyImage image, boolean[] desk) {
    byte[] pixels = image.pixels().clone();
    byte[] page = new byte[pixels.length];
    int count = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (!desk[i]) {
        page[count++] = pixels[i];
      }
    }
    int[] tones =
        new GreyImage(1, Math.max(1, count), Arrays.copyOf(page, Math.max(1, count))).histogram();
    int middle = 0;
    for (int seen = tones[0]; seen <= count / 2 && middle < 255; ) {
      seen += tones[++middle];
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = desk[i] ? (byte) middle : pixels[i];
    }
    return new GreyImage(image.height(), image.width(), pixels);
  }

  /** The ink; empty if the picture is blank. */
  static Optional<InkImage> find(GreyImage image) {
    Otsu split = Otsu.of(image.histogram());
    Binarizer binarizer = new Binarizer(image);
    double contrast = Math.sqrt(split.varianceBetween());
    boolean shaded =
        split.separability() > SHADED
            && split.separability() < DRAWN
            && binarizer.sharpness(split.threshold(), contrast) >= SHARP;
    if (split.separability() < EVEN && !shaded) {
      return binarizer.onUnevenPaper();
    }
    boolean mayBeShadow = binarizer.mayBeShadow(split.threshold());
    boolean darkPaper = binarizer.cornerShareUpTo(split.threshold()) > 0.5;
    if (darkPaper) {
      binarizer.invert();
    }
    // A tone of the paper is above this one.
    float border = darkPaper ? 254.5f - split.threshold() : split.threshold() + 0.5f;
    if (split.separability() < DRAWN && mayBeShadow && binarizer.isSolid(border)) {
      return new Binarizer(image).onUnevenPaper();
    }
    return shaded ? binarizer.onShadedPaper(border, darkPaper) : binarizer.onEvenPaper(border);
  }

  /**
   * Which part of the borders between both tones is sharp, as ink has them and shadows have not.
   *
   * @param contrast half the distance of the tones, or so
   */
  private double sharpness(int threshold, double contrast) {
    int sharp = 0;
    int all = 0;
    int[] steps = {1, width};
    for (int row = 2; row < height - 2; row++) {
      for (int column = 2; column < width - 2; column++) {
        int at = row * width + column;
        for (int step : steps) {
          if (tones[at] <= threshold != tones[at + step] <= threshold) {
            all++;
            sharp += Math.abs(tones[at + 2 * step] - tones[at - step]) > contrast ? 1 : 0;
          }
        }
      }
    }
    return all == 0 ? 0 : (double) sharp / all;
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

  /** Whether the darker tone is no darker than a shadow makes the lighter one. */
  private boolean mayBeShadow(int threshold) {
    double dark = 0;
    double light = 0;
    int darks = 0;
    for (float tone : tones) {
      if (tone <= threshold) {
        dark += tone;
        darks++;
      } else {
        light += tone;
      }
    }
    return dark / darks > PageArea.DARKEST_SHADOW * light / (tones.length - darks);
  }

  /** Whether a large square has ink alone. */
  private boolean isSolid(float border) {
    float[] ink = new float[tones.length];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = tones[i] < border ? 1 : 0;
    }
    if (fillsSide(ink)) {
      return true;
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

  /** Whether all pixels along one side are ink, as no stroke that has round ends makes them. */
  private boolean fillsSide(float[] ink) {
    int[][] sides = {
      {0, 1, width},
      {(height - 1) * width, 1, width},
      {0, width, height},
      {width - 1, width, height}
    };
    for (int[] side : sides) {
      double sum = 0;
      for (int i = 0; i < side[2]; i++) {
        sum += ink[side[0] + i * side[1]];
      }
      if (sum >= 0.98 * side[2]) {
        return true;
      }
    }
    return false;
  }

  private Optional<InkImage> onEvenPaper(float border) {
    float[] paper = above(tones, border);
    float tone = OrderStatistics.select(paper, paper.length / 2);
    float[] taken = new float[tones.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = tone - tones[i];
    }
    return ink(taken, deviationOfPaper(taken), false);
  }

  /** Takes for the paper's tone under ink what the paper around it has. */
  private Optional<InkImage> onShadedPaper(float border, boolean darkPaper) {
    float[] bare = new float[tones.length];
    float[] lit = new float[tones.length];
    boolean[] soft = besideInk(border);
    for (int i = 0; i < bare.length; i++) {
      bare[i] = soft[i] ? 0 : 1;
      lit[i] = soft[i] ? 0 : tones[i];
    }
    WindowMeans share = new WindowMeans(bare, height, width);
    WindowMeans light = new WindowMeans(lit, height, width);
    float[] taken = new float[tones.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int reach = 4;
        double part = share.at(row, column, reach);
        while (part < 0.2 && reach < Math.max(height, width)) {
          reach *= 2;
          part = share.at(row, column, reach);
        }
        double paper = light.at(row, column, reach) / Math.max(1e-3, part);
        double factor = darkPaper ? 1 : 255 / Math.max(127, paper);
        int i = row * width + column;
        taken[i] = (float) ((paper - tones[i]) * factor);
      }
    }
    return ink(taken, deviationOfPaper(taken), false);
  }

  /** Which pixels are ink, or so close to it that its soft edge may reach them. */
  private boolean[] besideInk(float border) {
    boolean[] soft = new boolean[tones.length];
    for (int i = 0; i < soft.length; i++) {
      if (tones[i] < border) {
        int top = Math.max(0, i / width - 2);
        int left = Math.max(0, i % width - 2);
        for (int row = top; row <= Math.min(height - 1, i / width + 2); row++) {
          int from = row * width + left;
          Arrays.fill(soft, from, row * width + Math.min(width, i % width + 3), true);
        }
      }
    }
    return soft;
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
    float[] sample = sample(taken);
    float middle = OrderStatistics.select(sample, (int) (0.4 * sample.length));
    float low = OrderStatistics.select(sample, (int) (0.08 * sample.length));
    double noise = (middle - low) / DEVIATIONS_BETWEEN;
    for (int i = 0; i < taken.length; i++) {
      taken[i] -= middle;
    }
    return ink(taken, noise, true);
  }

  /** Some values of many, spread over all of them. */
  private static float[] sample(float[] values) {
    int step = 1 + values.length / SAMPLES;
    float[] sample = new float[(values.length + step - 1) / step];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values[i * step];
    }
    return sample;
  }

  /** The median of each pixel and its eight neighbours: it takes specks and keeps edges. */
  private float[] medians() {
    float[] filtered = new float[tones.length];
    // Of each column of three the lowest, the middle and the highest.
    float[] low = new float[width];
    float[] middle = new float[width];
    float[] high = new float[width];
    for (int row = 0; row < height; row++) {
      int above = Math.max(0, row - 1) * width;
      int below = Math.min(height - 1, row + 1) * width;
      for (int column = 0; column < width; column++) {
        float a = tones[above + column];
        float b = tones[row * width + column];
        float c = tones[below + column];
        low[column] = Math.min(a, Math.min(b, c));
        high[column] = Math.max(a, Math.max(b, c));
        middle[column] = median(a, b, c);
      }
      for (int column = 0; column < width; column++) {
        int left = Math.max(0, column - 1);
        int right = Math.min(width - 1, column + 1);
        filtered[row * width + column] =
            median(
                Math.max(low[left], Math.max(low[column], low[right])),
                median(middle[left], middle[column], middle[right]),
                Math.min(high[left], Math.min(high[column], high[right])));
      }
    }
    return filtered;
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** Ink is the lesser part, so it makes the longer tail of what differs from its surroundings. */
  private boolean inkIsLight(int reach) {
    WindowMeans around = new WindowMeans(tones, height, width);
    double skewness = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double difference = tones[row * width + column] - around.at(row, column, reach);
        skewness += difference * difference * difference;
      }
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
    RuledLines.erase(taken, height, width, floor);
    float[] inked = above(taken, floor);
    double full =
        inked.length == 0 ? 0 : OrderStatistics.select(inked, (int) (0.9 * (inked.length - 1)));
    if (inked.length == 0 || full < INK_DEVIATIONS * noise) {
      return Optional.empty();
    }
    if (uneven) {
      // The paper is darker on one side of a fold, so that the floor does not show its edge.
      RuledLines.eraseFolds(taken, height, width, InkImage.INK * full);
    }
    // What noise does to paper is no ink.
    double least = Math.min(full / 2, 3 * noise);
    for (int i = 0; i < taken.length; i++) {
      taken[i] = taken[i] <= least ? 0 : (float) Math.min(1, taken[i] / full);
    }
    return Optional.of(new InkImage(height, width, taken, uneven));
  }

  private static float[] above(float[] values, double bound) {
    float[] above = new float[values.length];
    int count = 0;
    for (float value : values) {
      if (value > bound) {
        above[count++] = value;
      }
    }
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
