package io.mnist4j.explain;

import java.util.ArrayList;
import java.util.List;

/** Which ink of an image speaks for a class and which against it: a number for each pixel. */
public final class Saliency {
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * Takes the array without a copy.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param values {@code [height, width]} row by row, in nats: above 0 for the class, below 0
   *     against it
   */
  Saliency(int height, int width, float[] values) {
    if (values.length != height * width) {
      throw new IllegalArgumentException(
          "%d numbers for %dx%d pixels".formatted(values.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** Rows of the image. */
  public int height() {
    return height;
  }

  /** Columns of the image. */
  public int width() {
    return width;
  }

  /** How much the ink of a pixel speaks for the class, in nats of its log-odds. */
  public float at(int row, int column) {
    return values[row * width + column];
  }

  /** Of a pixel, counted row by row. */
  float at(int pixel) {
    return values[pixel];
  }

  /** All of them, {@code [height * width]} row by row, to three decimals. */
  public List<Float> rounded() {
    List<Float> rounded = new ArrayList<>();
    for (float value : values) {
      rounded.add(Math.round(1000 * value) / 1000f);
    }
    return rounded;
  }

  /** The largest of all, by size; 0 if no ink matters. */
  public float strongest() {
    float strongest = 0;
    for (float value : values) {
      strongest = Math.max(strongest, Math.abs(value));
    }
    return strongest;
  }

  /** What all pixels together say for the class. */
  double sum() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
