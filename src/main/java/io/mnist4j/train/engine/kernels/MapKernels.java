package io.mnist4j.train.engine.kernels;

/**
 * The loops that convolutions and pooling spend their time in, on sixteen images side by side.
 *
 * <p>All implementations give the same bits: every number is one sum, whose terms are added in the
 * order that is given here, each by one fused multiply-add.
 */
public interface MapKernels {
  /** Images that lie side by side. */
  int LANES = 16;

  /** Channels that are computed at a time. */
  int BLOCK = 4;

  /** The channels of whole blocks. */
  static int roundUp(int channels) {
    return (channels + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** What computes, such as "the Vector API, 8 numbers at a time". */
  String description();

  /**
   * What a correlation multiplies and adds.
   *
   * @param offsets of each term's input from a common place
   * @param weights of the terms, {@code [channels / 4][terms][4]}
   * @param bias of each channel
   * @param relu whether negative results become 0
   */
  record Terms(int[] offsets, float[] weights, float[] bias, boolean relu) {}

  /**
   * A stretch of some maps' rows.
   *
   * @param start of the stretch in the first channel
   * @param plane from a channel to the next
   * @param length of the stretch, a multiple of 16
   */
  record Rows(float[] values, int start, int plane, int length) {}

  /**
   * For each channel c and each place i of the stretch: {@code to[c][i] = bias[c] + Σ weights[p][c]
   * from[base + offsets[p] + i]}, over the terms p in their order.
   *
   * @param firstTerm the first that counts
   * @param endTerm after the last one
   * @param to channels, a multiple of four, and where they go
   */
  void correlate(
      float[] from, int base, Terms terms, int firstTerm, int endTerm, Rows to, int channels);

  /**
   * What the gradient of a filter's weights is a sum over.
   *
   * @param delta derivative of the loss by the outputs
   * @param firstDelta place of the first of four channels
   * @param plane from a channel to the next
   * @param deltaOffsets of each pixel of the output
   * @param input of the convolution
   * @param inputOffsets of the pixel of the input that belongs to each pixel of the output
   */
  record Products(
      float[] delta,
      int firstDelta,
      int plane,
      int[] deltaOffsets,
      float[] input,
      int[] inputOffsets) {}

  /**
   * For four channels c, all taps t and each of the sixteen images: {@code sums[c][t] += Σ
   * delta[c][pixel] input[pixel + taps[t]]}, over the pixels in their order, from 0.
   *
   * @param taps offsets within the input
   * @param columns so many taps each are in a row, and lie side by side
   * @param sums {@code [4][taps][16]}
   */
  void accumulate(Products products, int[] taps, int columns, float[] sums);

  /**
   * For four channels c and each of the sixteen images: {@code sums[c] += delta[c][pixel]}, pixel
   * by pixel.
   *
   * @param sums {@code [4][16]}
   */
  void accumulate(Products products, float[] sums);

  /** Sets each derivative to 0 whose output is not above 0, over a stretch of a row. */
  void gateByPositive(float[] delta, int firstDelta, float[] output, int firstOutput, int length);

  /**
   * The largest of each square of 2x2, for one row of outputs.
   *
   * @param upper where the upper row of inputs begins
   * @param lower where the lower row begins
   * @param pixels of the row of outputs
   */
  void largestOfFour(float[] from, int upper, int lower, float[] to, int start, int pixels);

  /** Places of a row of squares, for the way back from {@link #largestOfFour}. */
  record Squares(int upper, int lower, int deltaUpper, int deltaLower, int pixels) {}

  /**
   * Gives the derivative by the largest of each square of 2x2 to the first of its pixels that are
   * as large, and 0 to the others.
   *
   * @param input of the pooling
   * @param largest its output, from {@code start} on
   * @param deltaOut the derivative by the output, from {@code startDelta} on
   * @param deltaIn receives the derivative by the input
   */
  void spreadToLargest(
      float[] input,
      float[] largest,
      int start,
      float[] deltaOut,
      int startDelta,
      float[] deltaIn,
      Squares squares);

  /**
   * Places of a row of square windows, for the way back of a pooling.
   *
   * @param first where the first window begins in the input
   * @param rowStride from a row of the input to the next
   * @param firstDelta where the first window begins in the derivative by the input
   * @param deltaRowStride from a row of that to the next
   * @param kernel pixels of a window in each direction
   * @param stride pixels from a window to the next
   * @param pixels windows of the row
   */
  record Windows(
      int first,
      int rowStride,
      int firstDelta,
      int deltaRowStride,
      int kernel,
      int stride,
      int pixels) {}

  /**
   * Adds the derivative by the largest of each window to that by the first of its pixels, row by
   * row, that are as large. Windows may overlap.
   *
   * @param input of the pooling
   * @param largest its output, from {@code start} on
   * @param deltaOut the derivative by the output, from {@code startDelta} on
   * @param deltaIn the derivative by the input, added to
   */
  void addToLargest(
      float[] input,
      float[] largest,
      int start,
      float[] deltaOut,
      int startDelta,
      float[] deltaIn,
      Windows windows);
}
