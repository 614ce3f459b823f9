package io.mnist4j.data.augment;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;

/**
 * Random erasing (Zhong et al., "Random Erasing Data Augmentation", 2020, algorithm 1): with some
 * probability a rectangle of an image becomes paper, 0, of 2 to 40 % of the area and sides of 0.3
 * to 1 / 0.3 to one another.
 */
final class RandomErasing {
  private static final double SMALLEST_AREA = 0.02;
  private static final double LARGEST_AREA = 0.4;
  private static final double NARROWEST = 0.3;

  /** After which an image, such as one of a single row, is left as it is. */
  private static final int MOST_ATTEMPTS = 100;

  private final int height;
  private final int width;
  private final double probability;

  RandomErasing(int height, int width, double probability) {
    this.height = height;
    this.width = width;
    this.probability = probability;
  }

  /**
   * Erases in one image, or does not.
   *
   * @param offset index of its first pixel
   */
  void erase(SplitMix64 random, float[] pixels, int offset) {
    if (!random.nextBoolean(probability)) {
      return;
    }
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      double area = random.nextDouble(SMALLEST_AREA, LARGEST_AREA) * height * width;
      double aspect = random.nextDouble(NARROWEST, 1 / NARROWEST);
      int rows = (int) Math.round(Math.sqrt(area * aspect));
      int columns = (int) Math.round(Math.sqrt(area / aspect));
      int top = random.nextInt(height);
      int left = random.nextInt(width);
      if (rows > 0 && columns > 0 && top + rows <= height && left + columns <= width) {
        for (int row = top; row < top + rows; row++) {
          int from = offset + row * width + left;
          Arrays.fill(pixels, from, from + columns, 0);
        }
        return;
      }
    }
  }
}
