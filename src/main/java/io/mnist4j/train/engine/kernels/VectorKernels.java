package io.mnist4j.train.engine.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels by the Vector API. Loops are flat, and each keeps its sums in registers: that is what
 * the JVM's compiler makes good code of, JDK 17's above all. It does so as long as a vector meets
 * nothing but the API's own methods before and after its loop, and no branch lets one of two
 * vectors through: else it makes objects of them, and the loop takes five times as long.
 */
public final class VectorKernels implements MapKernels {
  /** Vectors of 4, 8 or 16 numbers: sixteen images are a whole number of them. */
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int W = SPECIES.length();

  /**
   * @throws IllegalStateException if this processor's vectors do not divide sixteen numbers
   */
  public VectorKernels() {
    if (W < 4) {
      throw new IllegalStateException("vectors of %d numbers".formatted(W));
    }
  }

  @Override
  public String description() {
    return "the Vector API, %d numbers at a time".formatted(W);
  }

  @Override
  public void correlate(
      float[] from, int base, Terms terms, int firstTerm, int endTerm, Rows to, int channels) {
    int end = to.length();
    int i = 0;
    for (; i + 2 * W <= end; i += 2 * W) {
      for (int c = 0; c < channels; c += 4) {
        tile2(from, base + i, terms, firstTerm, endTerm, c, to, to.start() + c * to.plane() + i);
      }
    }
    for (; i < end; i += W) {
      for (int c = 0; c < channels; c += 4) {
        tile1(from, base + i, terms, firstTerm, endTerm, c, to, to.start() + c * to.plane() + i);
      }
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  private static FloatVector add(FloatVector sum, FloatVector values, float factor) {
    return values.fma(FloatVector.broadcast(SPECIES, factor), sum);
  }

  /** Four channels of two vectors. */
  private static void tile2(
      float[] x, int base, Terms terms, int first, int end, int channel, Rows to, int at) {
    int[] offsets = terms.offsets();
    float[] w = terms.weights();
    float[] bias = terms.bias();
    int block = channel * offsets.length;
    FloatVector s00 = FloatVector.broadcast(SPECIES, bias[channel]);
    FloatVector s01 = s00;
    FloatVector s10 = FloatVector.broadcast(SPECIES, bias[channel + 1]);
    FloatVector s11 = s10;
    FloatVector s20 = FloatVector.broadcast(SPECIES, bias[channel + 2]);
    FloatVector s21 = s20;
    FloatVector s30 = FloatVector.broadcast(SPECIES, bias[channel + 3]);
    FloatVector s31 = s30;
    for (int p = first; p < end; p++) {
      int i = base + offsets[p];
      int k = block + 4 * p;
      FloatVector v0 = load(x, i);
      FloatVector v1 = load(x, i + W);
      s00 = add(s00, v0, w[k]);
      s01 = add(s01, v1, w[k]);
      s10 = add(s10, v0, w[k + 1]);
      s11 = add(s11, v1, w[k + 1]);
      s20 = add(s20, v0, w[k + 2]);
      s21 = add(s21, v1, w[k + 2]);
      s30 = add(s30, v0, w[k + 3]);
      s31 = add(s31, v1, w[k + 3]);
    }
    float floor = terms.relu() ? 0 : Float.NEGATIVE_INFINITY;
    float[] o = to.values();
    int plane = to.plane();
    s00.max(floor).intoArray(o, at);
    s01.max(floor).intoArray(o, at + W);
    s10.max(floor).intoArray(o, at + plane);
    s11.max(floor).intoArray(o, at + plane + W);
    s20.max(floor).intoArray(o, at + 2 * plane);
    s21.max(floor).intoArray(o, at + 2 * plane + W);
    s30.max(floor).intoArray(o, at + 3 * plane);
    s31.max(floor).intoArray(o, at + 3 * plane + W);
  }

  /** Four channels of one vector. */
  private static void tile1(
      float[] x, int base, Terms terms, int first, int end, int channel, Rows to, int at) {
    int[] offsets = terms.offsets();
    float[] w = terms.weights();
    float[] bias = terms.bias();
    int block = channel * offsets.length;
    FloatVector s00 = FloatVector.broadcast(SPECIES, bias[channel]);
    FloatVector s10 = FloatVector.broadcast(SPECIES, bias[channel + 1]);
    FloatVector s20 = FloatVector.broadcast(SPECIES, bias[channel + 2]);
    FloatVector s30 = FloatVector.broadcast(SPECIES, bias[channel + 3]);
    for (int p = first; p < end; p++) {
      int i = base + offsets[p];
      int k = block + 4 * p;
      FloatVector v0 = load(x, i);
      s00 = add(s00, v0, w[k]);
      s10 = add(s10, v0, w[k + 1]);
      s20 = add(s20, v0, w[k + 2]);
      s30 = add(s30, v0, w[k + 3]);
    }
    float floor = terms.relu() ? 0 : Float.NEGATIVE_INFINITY;
    float[] o = to.values();
    int plane = to.plane();
    s00.max(floor).intoArray(o, at);
    s10.max(floor).intoArray(o, at + plane);
    s20.max(floor).intoArray(o, at + 2 * plane);
    s30.max(floor).intoArray(o, at + 3 * plane);
  }

  @Override
  public void accumulate(Products products, int[] taps, int columns, float[] sums) {
    for (int channel = 0; channel < BLOCK; channel += 2) {
      for (int lane = 0; lane < LANES; lane += W) {
        int tap = 0;
        while (tap < taps.length) {
          if (columns == 5) {
            fiveInARow(products, channel, lane, taps, tap, sums);
            tap += 5;
          } else if (columns == 3 && tap + 6 <= taps.length) {
            twoRowsOfThree(products, channel, lane, taps, tap, sums);
            tap += 6;
          } else if (tap + 4 <= taps.length) {
            fourTaps(products, channel, lane, taps, tap, sums);
            tap += 4;
          } else {
            oneTap(products, channel, lane, taps, tap, sums);
            tap++;
          }
        }
      }
    }
  }

  /** Two channels and five taps in a row. */
  private static void fiveInARow(
      Products products, int channel, int lane, int[] taps, int tap, float[] sums) {
    float[] d = products.delta();
    float[] x = products.input();
    int plane = products.plane();
    int first = products.firstDelta() + channel * plane + lane;
    int t0 = taps[tap] + lane;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s04 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s14 = s00;
    for (int p = 0; p < products.deltaOffsets().length; p++) {
      int j = first + products.deltaOffsets()[p];
      int i0 = products.inputOffsets()[p] + t0;
      FloatVector g0 = load(d, j);
      FloatVector g1 = load(d, j + plane);
      FloatVector v = load(x, i0);
      s00 = g0.fma(v, s00);
      s10 = g1.fma(v, s10);
      v = load(x, i0 + LANES);
      s01 = g0.fma(v, s01);
      s11 = g1.fma(v, s11);
      v = load(x, i0 + 2 * LANES);
      s02 = g0.fma(v, s02);
      s12 = g1.fma(v, s12);
      v = load(x, i0 + 3 * LANES);
      s03 = g0.fma(v, s03);
      s13 = g1.fma(v, s13);
      v = load(x, i0 + 4 * LANES);
      s04 = g0.fma(v, s04);
      s14 = g1.fma(v, s14);
    }
    int to = (channel * taps.length + tap) * LANES + lane;
    s00.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    s01.add(FloatVector.fromArray(SPECIES, sums, to + LANES)).intoArray(sums, to + LANES);
    s02.add(FloatVector.fromArray(SPECIES, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
    s03.add(FloatVector.fromArray(SPECIES, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
    s04.add(FloatVector.fromArray(SPECIES, sums, to + 4 * LANES)).intoArray(sums, to + 4 * LANES);
    to += taps.length * LANES;
    s10.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    s11.add(FloatVector.fromArray(SPECIES, sums, to + LANES)).intoArray(sums, to + LANES);
    s12.add(FloatVector.fromArray(SPECIES, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
    s13.add(FloatVector.fromArray(SPECIES, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
    s14.add(FloatVector.fromArray(SPECIES, sums, to + 4 * LANES)).intoArray(sums, to + 4 * LANES);
  }

  /** Two channels and two rows of three taps. */
  private static void twoRowsOfThree(
      Products products, int channel, int lane, int[] taps, int tap, float[] sums) {
    float[] d = products.delta();
    float[] x = products.input();
    int plane = products.plane();
    int first = products.firstDelta() + channel * plane + lane;
    int t0 = taps[tap] + lane;
    int t1 = taps[tap + 3] + lane;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s04 = s00;
    FloatVector s05 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s14 = s00;
    FloatVector s15 = s00;
    for (int p = 0; p < products.deltaOffsets().length; p++) {
      int j = first + products.deltaOffsets()[p];
      int i0 = products.inputOffsets()[p] + t0;
      int i1 = products.inputOffsets()[p] + t1;
      FloatVector g0 = load(d, j);
      FloatVector g1 = load(d, j + plane);
      FloatVector v = load(x, i0);
      s00 = g0.fma(v, s00);
      s10 = g1.fma(v, s10);
      v = load(x, i0 + LANES);
      s01 = g0.fma(v, s01);
      s11 = g1.fma(v, s11);
      v = load(x, i0 + 2 * LANES);
      s02 = g0.fma(v, s02);
      s12 = g1.fma(v, s12);
      v = load(x, i1);
      s03 = g0.fma(v, s03);
      s13 = g1.fma(v, s13);
      v = load(x, i1 + LANES);
      s04 = g0.fma(v, s04);
      s14 = g1.fma(v, s14);
      v = load(x, i1 + 2 * LANES);
      s05 = g0.fma(v, s05);
      s15 = g1.fma(v, s15);
    }
    int to = (channel * taps.length + tap) * LANES + lane;
    s00.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    s01.add(FloatVector.fromArray(SPECIES, sums, to + LANES)).intoArray(sums, to + LANES);
    s02.add(FloatVector.fromArray(SPECIES, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
    s03.add(FloatVector.fromArray(SPECIES, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
    s04.add(FloatVector.fromArray(SPECIES, sums, to + 4 * LANES)).intoArray(sums, to + 4 * LANES);
    s05.add(FloatVector.fromArray(SPECIES, sums, to + 5 * LANES)).intoArray(sums, to + 5 * LANES);
    to += taps.length * LANES;
    s10.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    s11.add(FloatVector.fromArray(SPECIES, sums, to + LANES)).intoArray(sums, to + LANES);
    s12.add(FloatVector.fromArray(SPECIES, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
    s13.add(FloatVector.fromArray(SPECIES, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
    s14.add(FloatVector.fromArray(SPECIES, sums, to + 4 * LANES)).intoArray(sums, to + 4 * LANES);
    s15.add(FloatVector.fromArray(SPECIES, sums, to + 5 * LANES)).intoArray(sums, to + 5 * LANES);
  }

  /** Two channels and four taps, wherever they are. */
  private static void fourTaps(
      Products products, int channel, int lane, int[] taps, int tap, float[] sums) {
    float[] d = products.delta();
    float[] x = products.input();
    int plane = products.plane();
    int first = products.firstDelta() + channel * plane + lane;
    int t0 = taps[tap] + lane;
    int t1 = taps[tap + 1] + lane;
    int t2 = taps[tap + 2] + lane;
    int t3 = taps[tap + 3] + lane;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    for (int p = 0; p < products.deltaOffsets().length; p++) {
      int j = first + products.deltaOffsets()[p];
      int i = products.inputOffsets()[p];
      FloatVector g0 = load(d, j);
      FloatVector g1 = load(d, j + plane);
      FloatVector v = load(x, i + t0);
      s00 = g0.fma(v, s00);
      s10 = g1.fma(v, s10);
      v = load(x, i + t1);
      s01 = g0.fma(v, s01);
      s11 = g1.fma(v, s11);
      v = load(x, i + t2);
      s02 = g0.fma(v, s02);
      s12 = g1.fma(v, s12);
      v = load(x, i + t3);
      s03 = g0.fma(v, s03);
      s13 = g1.fma(v, s13);
    }
    int to = (channel * taps.length + tap) * LANES + lane;
    s00.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    s01.add(FloatVector.fromArray(SPECIES, sums, to + LANES)).intoArray(sums, to + LANES);
    s02.add(FloatVector.fromArray(SPECIES, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
    s03.add(FloatVector.fromArray(SPECIES, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
    to += taps.length * LANES;
    s10.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    s11.add(FloatVector.fromArray(SPECIES, sums, to + LANES)).intoArray(sums, to + LANES);
    s12.add(FloatVector.fromArray(SPECIES, sums, to + 2 * LANES)).intoArray(sums, to + 2 * LANES);
    s13.add(FloatVector.fromArray(SPECIES, sums, to + 3 * LANES)).intoArray(sums, to + 3 * LANES);
  }

  /** Two channels and one tap. */
  private static void oneTap(
      Products products, int channel, int lane, int[] taps, int tap, float[] sums) {
    float[] d = products.delta();
    float[] x = products.input();
    int plane = products.plane();
    int first = products.firstDelta() + channel * plane + lane;
    int t0 = taps[tap] + lane;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = s00;
    for (int p = 0; p < products.deltaOffsets().length; p++) {
      int j = first + products.deltaOffsets()[p];
      int i0 = products.inputOffsets()[p] + t0;
      FloatVector g0 = load(d, j);
      FloatVector g1 = load(d, j + plane);
      FloatVector v = load(x, i0);
      s00 = g0.fma(v, s00);
      s10 = g1.fma(v, s10);
    }
    int to = (channel * taps.length + tap) * LANES + lane;
    s00.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
    to += taps.length * LANES;
    s10.add(FloatVector.fromArray(SPECIES, sums, to)).intoArray(sums, to);
  }

  @Override
  public void accumulate(Products products, float[] sums) {
    float[] d = products.delta();
    int[] offsets = products.deltaOffsets();
    int plane = products.plane();
    for (int lane = 0; lane < LANES; lane += W) {
      int first = products.firstDelta() + lane;
      FloatVector s0 = load(sums, lane);
      FloatVector s1 = load(sums, lane + LANES);
      FloatVector s2 = load(sums, lane + 2 * LANES);
      FloatVector s3 = load(sums, lane + 3 * LANES);
      for (int p = 0; p < offsets.length; p++) {
        int i = first + offsets[p];
        s0 = s0.add(load(d, i));
        s1 = s1.add(load(d, i + plane));
        s2 = s2.add(load(d, i + 2 * plane));
        s3 = s3.add(load(d, i + 3 * plane));
      }
      s0.intoArray(sums, lane);
      s1.intoArray(sums, lane + LANES);
      s2.intoArray(sums, lane + 2 * LANES);
      s3.intoArray(sums, lane + 3 * LANES);
    }
  }

  @Override
  public void gateByPositive(
      float[] delta, int firstDelta, float[] output, int firstOutput, int length) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < length; i += W) {
      VectorMask<Float> open = load(output, firstOutput + i).compare(VectorOperators.GT, 0);
      zero.blend(load(delta, firstDelta + i), open).intoArray(delta, firstDelta + i);
    }
  }

  @Override
  public void largestOfFour(float[] from, int upper, int lower, float[] to, int start, int pixels) {
    for (int i = 0; i < pixels * LANES; i += W) {
      int s = 2 * i - i % LANES;
      FloatVector above = load(from, upper + s).max(load(from, upper + s + LANES));
      FloatVector below = load(from, lower + s).max(load(from, lower + s + LANES));
      above.max(below).intoArray(to, start + i);
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
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < squares.pixels() * LANES; i += W) {
      int s = 2 * i - i % LANES;
      FloatVector top = load(largest, start + i);
      FloatVector left = load(deltaOut, startDelta + i);
      int from = squares.upper() + s;
      int to = squares.deltaUpper() + s;
      VectorMask<Float> here = load(input, from).compare(VectorOperators.EQ, top);
      zero.blend(left, here).intoArray(deltaIn, to);
      left = left.blend(zero, here);
      here = load(input, from + LANES).compare(VectorOperators.EQ, top);
      zero.blend(left, here).intoArray(deltaIn, to + LANES);
      left = left.blend(zero, here);
      from = squares.lower() + s;
      to = squares.deltaLower() + s;
      here = load(input, from).compare(VectorOperators.EQ, top);
      zero.blend(left, here).intoArray(deltaIn, to);
      left = left.blend(zero, here);
      here = load(input, from + LANES).compare(VectorOperators.EQ, top);
      zero.blend(left, here).intoArray(deltaIn, to + LANES);
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
    FloatVector zero = FloatVector.zero(SPECIES);
    int kernel = windows.kernel();
    for (int i = 0; i < windows.pixels() * LANES; i += W) {
      int column = i / LANES * windows.stride() * LANES + i % LANES;
      FloatVector top = load(largest, start + i);
      FloatVector left = load(deltaOut, startDelta + i);
      for (int row = 0; row < kernel; row++) {
        int from = windows.first() + row * windows.rowStride() + column;
        int to = windows.firstDelta() + row * windows.deltaRowStride() + column;
        for (int k = 0; k < kernel * LANES; k += LANES) {
          VectorMask<Float> here = load(input, from + k).compare(VectorOperators.EQ, top);
          load(deltaIn, to + k).add(zero.blend(left, here)).intoArray(deltaIn, to + k);
          left = left.blend(zero, here);
        }
      }
    }
  }
}
