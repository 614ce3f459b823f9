package io.mnist4j.issues;

import io.mnist4j.data.ImageSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pairs of images that are nearly the same picture: Pearson's correlation of their pixels is at
 * least {@link #NEAR}. So a picture that was brightened, saved with losses or strewn with a little
 * noise is found; one that was moved by a pixel is not.
 *
 * <p>Images minus their mean and divided by their norm are points of a sphere, on which correlation
 * r is distance √(2 − 2r). The search is exact: a pair is passed over only where some coefficients
 * of the cosine transform alone are farther apart. The images are sorted by one coefficient, which
 * leaves a window of images to compare with; the next ones are compared by a loop that the JVM
 * turns into vector instructions.
 */
final class NearDuplicates {
  /** The correlation from which on two pictures count as nearly the same. */
  static final double NEAR = 0.99;

  /** Coefficients are floats: what they round must not pass over a pair. */
  private static final double ROUNDING = 1e-4;

  private static final float DISTANCE = (float) (Math.sqrt(2 - 2 * NEAR) + ROUNDING);

  private static final int NONE = -1;

  /** Coefficients by which all images of a window are compared, in threes. */
  private static final int COLUMNS = 12;

  /** Multiplications for the pairs that are left, after which the search ends: all is alike. */
  private static final long MOST_WORK = 5_000_000_000L;

  private final ImageSet images;
  private final int[] twins;
  private final int[] otherTwins;
  private final double[] likeness;
  private final double[] otherLikeness;
  private final double[] means;
  private final double[] norms;

  /** Images that are compared, by their first coefficient. */
  private final int[] sorted;

  /** Of those: {@code [n][coefficients]}, the most different coefficients first. */
  private final float[][] points;

  private long work;

  private NearDuplicates(ImageSet images, int[] looked) {
    this.images = images;
    twins = filled(images.size());
    otherTwins = filled(images.size());
    likeness = new double[images.size()];
    otherLikeness = new double[images.size()];
    means = new double[images.size()];
    norms = new double[images.size()];
    float[][] coefficients = coefficients(looked);
    Integer[] order =
        IntStream.range(0, looked.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> coefficients[i][0]))
            .toArray(Integer[]::new);
    sorted = Arrays.stream(order).mapToInt(i -> looked[i]).toArray();
    points = Arrays.stream(order).map(i -> coefficients[i]).toArray(float[][]::new);
  }

  private static int[] filled(int length) {
    int[] array = new int[length];
    Arrays.fill(array, NONE);
    return array;
  }

  /**
   * Searches.
   *
   * @param looked images that are looked at, none of them of one value
   */
  static NearDuplicates of(ImageSet images, int[] looked) {
    NearDuplicates search = new NearDuplicates(images, looked);
    search.search();
    return search;
  }

  /** The earlier image that is most like this one; negative if none is near. */
  int twin(int image) {
    return twins[image];
  }

  /** The correlation with {@link #twin}. */
  double likeness(int image) {
    return likeness[image];
  }

  /** The image with another label that is most like this one; negative if none is near. */
  int otherTwin(int image) {
    return otherTwins[image];
  }

  /** The correlation with {@link #otherTwin}. */
  double otherLikeness(int image) {
    return otherLikeness[image];
  }

  /** Whether all pairs were compared; false if that would have taken too long. */
  boolean isComplete() {
    return work <= MOST_WORK;
  }

  /** At least {@link #COLUMNS} of each image, with zeros where images are so small. */
  private float[][] coefficients(int[] looked) {
    CosineTransform transform = new CosineTransform(images.height(), images.width());
    int size = transform.size();
    float[][] all = new float[looked.length][size];
    for (int i = 0; i < looked.length; i++) {
      measure(looked[i]);
      transform.of(images, looked[i], 1 / norms[looked[i]], all[i]);
    }
    int[] order = bySpread(all, size);
    float[] one = new float[size];
    for (int i = 0; i < all.length; i++) {
      System.arraycopy(all[i], 0, one, 0, size);
      all[i] = new float[Math.max(COLUMNS, size)];
      for (int k = 0; k < size; k++) {
        all[i][k] = one[order[k]];
      }
    }
    return all;
  }

  private void measure(int image) {
    int pixels = images.pixelsPerImage();
    long sum = 0;
    long squares = 0;
    for (int i = image * pixels; i < (image + 1) * pixels; i++) {
      int value = images.pixels()[i] & 0xff;
      sum += value;
      squares += (long) value * value;
    }
    means[image] = (double) sum / pixels;
    norms[image] = Math.sqrt(squares - means[image] * sum);
  }

  private static int[] bySpread(float[][] all, int size) {
    double[] spread = new double[size];
    for (int k = 0; k < size; k++) {
      double sum = 0;
      double squares = 0;
      for (float[] point : all) {
        sum += point[k];
        squares += point[k] * point[k];
      }
      spread[k] = squares - sum * sum / Math.max(1, all.length);
    }
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> spread[k]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void search() {
    float[][] columns = new float[COLUMNS][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < COLUMNS; k++) {
        columns[k][i] = points[i][k];
      }
    }
    float[] squares = new float[points.length];
    int start = 0;
    for (int i = 0; i < points.length && isComplete(); i++) {
      while (columns[0][start] < columns[0][i] - DISTANCE) {
        start++;
      }
      setSquares(columns, start, i, squares);
      for (int j = start; j < i; j++) {
        if (squares[j] <= DISTANCE * DISTANCE && isNear(points[i], points[j], squares[j])) {
          compare(Math.min(sorted[i], sorted[j]), Math.max(sorted[i], sorted[j]));
        }
      }
    }
  }

  /** Squared distances by the columns from the point at the end to all before it. */
  private static void setSquares(float[][] columns, int start, int end, float[] squares) {
    Arrays.fill(squares, start, end, 0);
    for (int k = 0; k < COLUMNS; k += 3) {
      float[] column0 = columns[k];
      float[] column1 = columns[k + 1];
      float[] column2 = columns[k + 2];
      float value0 = column0[end];
      float value1 = column1[end];
      float value2 = column2[end];
      for (int j = start; j < end; j++) {
        float difference0 = column0[j] - value0;
        float difference1 = column1[j] - value1;
        float difference2 = column2[j] - value2;
        squares[j] +=
            difference0 * difference0 + difference1 * difference1 + difference2 * difference2;
      }
    }
  }

  private boolean isNear(float[] one, float[] other, float squares) {
    float sum = squares;
    int k = COLUMNS;
    for (; k < one.length && sum <= DISTANCE * DISTANCE; k++) {
      float difference = one[k] - other[k];
      sum += difference * difference;
    }
    work += k;
    return sum <= DISTANCE * DISTANCE;
  }

  private void compare(int earlier, int later) {
    double correlation = correlation(earlier, later);
    if (correlation < NEAR) {
      return;
    }
    if (correlation > likeness[later]) {
      likeness[later] = correlation;
      twins[later] = earlier;
    }
    if (images.label(earlier) != images.label(later)) {
      noteOther(earlier, later, correlation);
      noteOther(later, earlier, correlation);
    }
  }

  private void noteOther(int image, int other, double correlation) {
    if (correlation > otherLikeness[image]) {
      otherLikeness[image] = correlation;
      otherTwins[image] = other;
    }
  }

  private double correlation(int one, int other) {
    int pixels = images.pixelsPerImage();
    byte[] all = images.pixels();
    long products = 0;
    for (int i = 0; i < pixels; i++) {
      products += (long) (all[one * pixels + i] & 0xff) * (all[other * pixels + i] & 0xff);
    }
    work += pixels;
    return (products - pixels * means[one] * means[other]) / (norms[one] * norms[other]);
  }
}
