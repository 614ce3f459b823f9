package io.mnist4j.train.engine.stage;

import java.nio.FloatBuffer;

/** The arrays of one thread, small enough for its cache. */
public final class Scratch {
  public static final int LENGTH = 2_048;
  private static final int MOST_STATES = 3;

  private float[] weights = new float[LENGTH];
  private float[] gradients = new float[LENGTH];
  public final float[][] states = new float[MOST_STATES][LENGTH];

  /** {@link #LENGTH} numbers, or those of one unit for a whole batch where these are more. */
  public final float[] values;

  public final float[] deltas;

  /** Of one image. */
  public final float[] pixels;

  /** Takes what {@link CsrImages#prefetch} returns, so that the compiler keeps the reading. */
  public int prefetched;

  private float[] row = new float[0];

  /**
   * @param batch the most images of a batch
   */
  public Scratch(int batch, int pixelsPerImage) {
    pixels = new float[pixelsPerImage];
    values = new float[Math.max(LENGTH, batch)];
    deltas = new float[values.length];
  }

  /** At least of this length. */
  public float[] weights(int length) {
    weights = atLeast(weights, length);
    return weights;
  }

  /** At least of this length. */
  public float[] gradients(int length) {
    gradients = atLeast(gradients, length);
    return gradients;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  /** An array of this length, the same one as long as the same is asked for. */
  public float[] row(int length) {
    if (row.length != length) {
      row = new float[length];
    }
    return row;
  }

  /** Changes a stretch of the network's own arrays, with the gradient that lies there. */
  public void update(
      FlatArrays arrays, ParameterUpdate update, int from, int to, boolean penalised) {
    for (int start = from; start < to; start += LENGTH) {
      int length = Math.min(LENGTH, to - start);
      arrays.parameterBuffer.get(start, weights, 0, length);
      arrays.gradientBuffer.get(start, gradients, 0, length);
      for (int s = 0; s < update.states(); s++) {
        arrays.stateBuffer.get(arrays.stateIndex(start, s), states[s], 0, length);
      }
      update.addTerm(start, weights, gradients, length);
      update.apply(weights, gradients, states, 0, length, penalised);
      arrays.parameterBuffer.put(start, weights, 0, length);
      for (int s = 0; s < update.states(); s++) {
        arrays.stateBuffer.put(arrays.stateIndex(start, s), states[s], 0, length);
      }
    }
  }

  /** The squared Euclidean norm of a stretch of gradients. */
  public double squaredNorm(FloatBuffer buffer, int from, int to) {
    double sum = 0;
    for (int start = from; start < to; start += LENGTH) {
      int length = Math.min(LENGTH, to - start);
      buffer.get(start, gradients, 0, length);
      sum += squaredNorm(gradients, length);
    }
    return sum;
  }

  public static double squaredNorm(float[] numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) numbers[i] * numbers[i];
    }
    return sum;
  }
}
