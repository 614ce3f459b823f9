package io.mnist4j.model.foreign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers as files hold them, little-endian. */
enum FloatBytes {
  F64(8),
  F32(4),
  /** IEEE 754 binary16. */
  F16(2),
  /** The first half of a binary32. */
  BF16(2);

  private static final long MOST = 1 << 26;

  final int size;

  FloatBytes(int size) {
    this.size = size;
  }

  /**
   * An array, in row order.
   *
   * @throws UnreadableModelException if there are more or fewer bytes than the shape needs
   */
  INDArray array(ByteBuffer bytes, long[] shape) throws UnreadableModelException {
    int count = count(shape);
    if (bytes.remaining() != (long) count * size) {
      throw new UnreadableModelException(
          "it has %,d bytes for an array of %s"
              .formatted(bytes.remaining(), Arrays.toString(shape)));
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (this) {
            case F64 -> (float) bytes.getDouble();
            case F32 -> bytes.getFloat();
            case F16 -> half(bytes.getShort());
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
          };
    }
    return array(values, shape);
  }

  /** An array of numbers in row order. */
  static INDArray array(float[] values, long... shape) {
    return shape.length == 0 ? Nd4j.scalar(values[0]) : Nd4j.create(values, shape, 'c');
  }

  /**
   * How many numbers an array has.
   *
   * @throws UnreadableModelException if that is none, or too many
   */
  static int count(long... shape) throws UnreadableModelException {
    double count = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (Arrays.stream(shape).anyMatch(size -> size < 1) || count > MOST) {
      throw new UnreadableModelException(
          "it has an array of %s, which is none, or too large".formatted(Arrays.toString(shape)));
    }
    return (int) count;
  }

  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      return (sign == 0 ? 1 : -1) * fraction * 0x1p-24f;
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
