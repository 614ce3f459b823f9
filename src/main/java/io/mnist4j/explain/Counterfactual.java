package io.mnist4j.explain;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.predict.Prediction;

/**
 * An image that a model takes for another class than the one that it was made from.
 *
 * @param before the image
 * @param after the changed one, of the same size
 * @param prediction what the model says of the changed one
 */
public record Counterfactual(GreyImage before, GreyImage after, Prediction prediction) {

  /** Ink that came to a pixel, or went from it where it is less than 0; −255 to 255. */
  public int change(int row, int column) {
    return after.at(row, column) - before.at(row, column);
  }

  /** How much ink came: as many pixels from white to black. */
  public double added() {
    return sum(1);
  }

  /** How much ink went: as many pixels from black to white. */
  public double removed() {
    return sum(-1);
  }

  /** All ink that came and went: the sum of all changes by size, divided by 255. */
  public double ink() {
    return added() + removed();
  }

  private double sum(int sign) {
    long sum = 0;
    for (int row = 0; row < before.height(); row++) {
      for (int column = 0; column < before.width(); column++) {
        sum += Math.max(0, sign * change(row, column));
      }
    }
    return sum / 255.0;
  }

  /** How many pixels are others. */
  public int pixels() {
    int pixels = 0;
    for (int row = 0; row < before.height(); row++) {
      for (int column = 0; column < before.width(); column++) {
        pixels += change(row, column) == 0 ? 0 : 1;
      }
    }
    return pixels;
  }
}
