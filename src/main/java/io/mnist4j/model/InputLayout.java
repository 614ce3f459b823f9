package io.mnist4j.model;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * The shape in which a network takes grey images. The pixels lie in memory row by row in each.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record InputLayout(int height, int width, Order order) {

  /** What a batch of n images is. */
  public enum Order {
    /** {@code [n, height * width]}. */
    FLAT,
    /** {@code [n, 1, height, width]}. */
    NCHW,
    /** {@code [n, height, width, 1]}. */
    NHWC
  }

  /** Of one image. */
  public long pixels() {
    return (long) height * width;
  }

  /** Of n images. */
  public long[] shape(long n) {
    return switch (order) {
      case FLAT -> new long[] {n, pixels()};
      case NCHW -> new long[] {n, 1, height, width};
      case NHWC -> new long[] {n, height, width, 1};
    };
  }

  /** The same to DL4J. */
  public InputType type() {
    return switch (order) {
      case FLAT -> InputType.feedForward(pixels());
      case NCHW -> InputType.convolutional(height, width, 1, CNN2DFormat.NCHW);
      case NHWC -> InputType.convolutional(height, width, 1, CNN2DFormat.NHWC);
    };
  }

  /** Such as {@code [n, 28, 28, 1]}. */
  @Override
  public String toString() {
    return switch (order) {
      case FLAT -> "[n, %d]".formatted(pixels());
      case NCHW -> "[n, 1, %d, %d]".formatted(height, width);
      case NHWC -> "[n, %d, %d, 1]".formatted(height, width);
    };
  }
}
