package io.mnist4j.explain;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;

/**
 * Whether an explanation foretells what the network says when the ink of a square is gone: the
 * infidelity of C.-K. Yeh, C.-Y. Hsieh, A. Suggala, D. Inouye, P. Ravikumar, "On the (in)fidelity
 * and sensitivity of explanations", NeurIPS 2019, definition 2.1, with the perturbation I that they
 * call square removal. For each square the explanation foretells the sum of its values times the
 * ink that goes.
 */
final class SquareRemoval {
  /** Squares of an image. */
  static final int SQUARES = 100;

  /** Pixels of a side, at most: as in the publication. */
  private static final int LARGEST = 10;

  private final int width;

  /** {@code [squares]}: row and column of the first pixel, and the side. */
  private final int[][] squares = new int[SQUARES][];

  /**
   * Draws squares.
   *
   * @param random that of one image
   */
  SquareRemoval(int height, int width, SplitMix64 random) {
    this.width = width;
    int largest = Math.min(LARGEST, Math.min(height, width));
    for (int i = 0; i < SQUARES; i++) {
      int side = 1 + random.nextInt(largest);
      squares[i] =
          new int[] {random.nextInt(height - side + 1), random.nextInt(width - side + 1), side};
    }
  }

  /**
   * Writes the image without each square.
   *
   * @param image {@code [height * width]}, unsigned
   * @param target the images are written from here on, one behind the other
   */
  void remove(byte[] image, byte[] target, int offset) {
    for (int i = 0; i < SQUARES; i++) {
      int start = offset + i * image.length;
      System.arraycopy(image, 0, target, start, image.length);
      int side = squares[i][2];
      for (int r = squares[i][0]; r < squares[i][0] + side; r++) {
        int left = start + r * width + squares[i][1];
        Arrays.fill(target, left, left + side, (byte) 0);
      }
    }
  }

  /**
   * What an explanation foretells of each square: by how much the log-odds fall.
   *
   * @param contributions {@code [height * width]} of the ink of each pixel
   */
  double[] foretold(double[] contributions) {
    double[] foretold = new double[SQUARES];
    for (int i = 0; i < SQUARES; i++) {
      int side = squares[i][2];
      for (int r = squares[i][0]; r < squares[i][0] + side; r++) {
        for (int c = squares[i][1]; c < squares[i][1] + side; c++) {
          foretold[i] += contributions[r * width + c];
        }
      }
    }
    return foretold;
  }

  /**
   * How far off an explanation is: the mean square of what it foretold less what happened. The unit
   * of an explanation is of no account: it is multiplied by what suits it best, as in the
   * publication's own experiments.
   *
   * @return 0 if it foretold all; at most the mean square of what happened
   */
  static double infidelity(double[] foretold, double[] happened) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < foretold.length; i++) {
      product += foretold[i] * happened[i];
      square += foretold[i] * foretold[i];
    }
    double factor = square > 0 ? product / square : 0;
    double sum = 0;
    for (int i = 0; i < foretold.length; i++) {
      double error = factor * foretold[i] - happened[i];
      sum += error * error;
    }
    return sum / foretold.length;
  }
}
