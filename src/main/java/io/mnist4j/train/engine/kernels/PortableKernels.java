package io.mnist4j.train.engine.kernels;

import java.util.Arrays;

/** The kernels in plain Java, for a JVM without the Vector API: the same bits, more slowly. */
final class PortableKernels implements MapKernels {
  private final boolean fused;

  /**
   * @param fused whether the processor has fused multiply-adds; without, Java's are ten thousand
   *     times as slow, and two roundings take the place of one
   */
  PortableKernels(boolean fused) {
    this.fused = fused;
  }

  @Override
  public String description() {
    return "plain loops, for want of the Vector API";
  }

  @Override
  public void correlate(
      float[] from, int base, Terms terms, int firstTerm, int endTerm, Rows to, int channels) {
    int all = terms.offsets().length;
    float[] sum = new float[to.length()];
    for (int c = 0; c < channels; c++) {
      Arrays.fill(sum, terms.bias()[c]);
      for (int p = firstTerm; p < endTerm; p++) {
        float weight = terms.weights()[(c / BLOCK * all + p) * BLOCK + c % BLOCK];
        int first = base + terms.offsets()[p];
        for (int i = 0; i < sum.length; i++) {
          sum[i] = multiplyAdd(weight, from[first + i], sum[i]);
        }
      }
      if (terms.relu()) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] = Math.max(0, sum[i]);
        }
      }
      System.arraycopy(sum, 0, to.values(), to.start() + c * to.plane(), sum.length);
    }
  }

  /** a b + c. */
  private float multiplyAdd(float a, float b, float c) {
    return fused ? Math.fma(a, b, c) : c + a * b;
  }

  @Override
  public void accumulate(Products products, int[] taps, int columns, float[] sums) {
    float[] delta = products.delta();
    float[] input = products.input();
    float[] sum = new float[LANES];
    for (int c = 0; c < BLOCK; c++) {
      for (int t = 0; t < taps.length; t++) {
        int place = (c * taps.length + t) * LANES;
        Arrays.fill(sum, 0);
        for (int p = 0; p < products.deltaOffsets().length; p++) {
          int d = products.firstDelta() + c * products.plane() + products.deltaOffsets()[p];
          int x = products.inputOffsets()[p] + taps[t];
          for (int i = 0; i < LANES; i++) {
            sum[i] = multiplyAdd(delta[d + i], input[x + i], sum[i]);
          }
        }
        for (int i = 0; i < LANES; i++) {
          sums[place + i] += sum[i];
        }
      }
    }
  }

  @Override
  public void accumulate(Products products, float[] sums) {
    float[] delta = products.delta();
    for (int c = 0; c < BLOCK; c++) {
      int first = products.firstDelta() + c * products.plane();
      for (int offset : products.deltaOffsets()) {
        for (int i = 0; i < LANES; i++) {
          sums[c * LANES + i] += delta[first + offset + i];
        }
      }
    }
  }

  @Override
  public void gateByPositive(
      float[] delta, int firstDelta, float[] output, int firstOutput, int length) {
    for (int i = 0; i < length; i++) {
      if (!(output[firstOutput + i] > 0)) {
        delta[firstDelta + i] = 0;
      }
    }
  }

  @Override
  public void largestOfFour(float[] from, int upper, int lower, float[] to, int start, int pixels) {
    for (int x = 0; x < pixels; x++) {
      for (int i = 0; i < LANES; i++) {
        int s = 2 * x * LANES + i;
        float above = Math.max(from[upper + s], from[upper + s + LANES]);
        float below = Math.max(from[lower + s], from[lower + s + LANES]);
        to[start + x * LANES + i] = Math.max(above, below);
      }
    }
  }

  @Override
  public void spreadToLargest(
      float[] input,
      float[] largest,
      int start,
      float[] deltaOut,
      int startDelta,
      float[] deltaIn,
      Squares squares) {
    for (int i = 0; i < squares.pixels() * LANES; i++) {
      int s = i / LANES * 2 * LANES + i % LANES;
      float top = largest[start + i];
      float left = deltaOut[startDelta + i];
      int[] from = {squares.upper() + s, squares.lower() + s};
      int[] to = {squares.deltaUpper() + s, squares.deltaLower() + s};
      for (int k = 0; k < 4; k++) {
        int step = k % 2 * LANES;
        boolean here = input[from[k / 2] + step] == top;
        deltaIn[to[k / 2] + step] = here ? left : 0;
        left = here ? 0 : left;
      }
    }
  }

  @Override
  public void addToLargest(
      float[] input,
      float[] largest,
      int start,
      float[] deltaOut,
      int startDelta,
      float[] deltaIn,
      Windows windows) {
    int kernel = windows.kernel();
    float[] left = new float[LANES];
    for (int x = 0; x < windows.pixels(); x++) {
      int top = start + x * LANES;
      System.arraycopy(deltaOut, startDelta + x * LANES, left, 0, LANES);
      for (int k = 0; k < kernel * kernel; k++) {
        int column = (x * windows.stride() + k % kernel) * LANES;
        int from = windows.first() + k / kernel * windows.rowStride() + column;
        int to = windows.firstDelta() + k / kernel * windows.deltaRowStride() + column;
        for (int i = 0; i < LANES; i++) {
          boolean here = input[from + i] == largest[top + i];
          deltaIn[to + i] += here ? left[i] : 0;
          left[i] = here ? 0 : left[i];
        }
      }
    }
  }
}
