package io.mnist4j.run.membership;

import java.util.Arrays;

/**
 * Logistic regression by iteratively reweighted least squares, with a small penalty on the weights,
 * so that it has a solution where a line parts the classes.
 */
final class LogisticRegression {
  private static final double PENALTY = 1e-3;
  private static final int MOST_STEPS = 50;
  private static final double SMALL_STEP = 1e-8;

  private final double[] mean;
  private final double[] deviation;

  /** The last one has no feature. */
  private final double[] weights;

  /**
   * Fits.
   *
   * @param features {@code [samples][features]}, at least one sample
   * @param positive what each sample is
   */
  LogisticRegression(double[][] features, boolean[] positive) {
    int count = features[0].length;
    mean = new double[count];
    deviation = new double[count];
    for (int f = 0; f < count; f++) {
      int feature = f;
      mean[f] = Arrays.stream(features).mapToDouble(x -> x[feature]).average().orElse(0);
      double center = mean[f];
      double square =
          Arrays.stream(features)
              .mapToDouble(x -> (x[feature] - center) * (x[feature] - center))
              .average()
              .orElse(0);
      deviation[f] = square > 0 ? Math.sqrt(square) : 1;
    }
    weights = new double[count + 1];
    double[][] inputs = Arrays.stream(features).map(this::input).toArray(double[][]::new);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (newtonStep(inputs, positive) < SMALL_STEP) {
        break;
      }
    }
  }

  /** Centred and scaled, and a last 1. */
  private double[] input(double[] features) {
    double[] input = new double[weights.length];
    for (int f = 0; f < features.length; f++) {
      input[f] = (features[f] - mean[f]) / deviation[f];
    }
    input[features.length] = 1;
    return input;
  }

  /** Returns how far the weights went. */
  private double newtonStep(double[][] inputs, boolean[] positive) {
    int size = weights.length;
    double[][] curvature = new double[size][size];
    double[] slope = new double[size];
    for (int a = 0; a < size; a++) {
      curvature[a][a] = PENALTY * inputs.length;
      slope[a] = -PENALTY * inputs.length * weights[a];
    }
    for (int i = 0; i < inputs.length; i++) {
      double probability = sigmoid(product(inputs[i]));
      double error = (positive[i] ? 1 : 0) - probability;
      double weight = probability * (1 - probability);
      for (int a = 0; a < size; a++) {
        slope[a] += error * inputs[i][a];
        for (int b = 0; b < size; b++) {
          curvature[a][b] += weight * inputs[i][a] * inputs[i][b];
        }
      }
    }
    double[] step = solve(curvature, slope);
    double length = 0;
    for (int a = 0; a < size; a++) {
      weights[a] += step[a];
      length = Math.max(length, Math.abs(step[a]));
    }
    return length;
  }

  /** By Gauss's elimination; the matrix is symmetric and positive definite. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (int column = pivot; column < size; column++) {
          matrix[row][column] -= factor * matrix[pivot][column];
        }
        right[row] -= factor * right[pivot];
      }
    }
    double[] solution = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double sum = right[row];
      for (int column = row + 1; column < size; column++) {
        sum -= matrix[row][column] * solution[column];
      }
      solution[row] = sum / matrix[row][row];
    }
    return solution;
  }

  private double product(double[] input) {
    double sum = 0;
    for (int a = 0; a < weights.length; a++) {
      sum += weights[a] * input[a];
    }
    return sum;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** The probability that a sample is positive. */
  double probability(double... features) {
    return sigmoid(product(input(features)));
  }
}
