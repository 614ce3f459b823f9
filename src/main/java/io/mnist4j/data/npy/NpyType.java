package io.mnist4j.data.npy;

import io.mnist4j.errors.DataException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's elements.
 *
 * @param kind what an element is
 * @param bytes that an element takes
 * @param order of these bytes
 */
record NpyType(NumberKind kind, int bytes, ByteOrder order) {

  /** What an element is, whatever its length. */
  enum NumberKind {
    BOOL,
    INT,
    UINT,
    FLOAT
  }

  /** Order, kind and bytes; NumPy writes {@code |} where the order does not matter. */
  private static final Pattern CODE = Pattern.compile("([<>|])([biufcOSUVMm])([0-9]{0,9})(.*)");

  private static final String PICKLE =
      "Python objects (a pickle), which may run code and are not loaded; save numbers with"
          + " np.savez(file, x_train=images.astype('uint8'), y_train=labels.astype('uint8'))";

  /**
   * Understands a code such as {@code <f4}.
   *
   * @throws DataException if its elements are no numbers that can be pixels or labels
   */
  static NpyType of(String descr, String where) throws DataException {
    Matcher code = CODE.matcher(descr);
    if (descr.equals(NpyHeader.STRUCTURED)) {
      throw unsupported(where, "a structured array; save each of its fields as an array");
    }
    if (!code.matches()) {
      throw unsupported(where, "elements of the unknown type '%s'".formatted(descr));
    }
    int bytes = code.group(3).isEmpty() ? 0 : Integer.parseInt(code.group(3));
    NumberKind kind =
        switch (code.group(2).charAt(0)) {
          case 'b' -> NumberKind.BOOL;
          case 'i' -> NumberKind.INT;
          case 'u' -> NumberKind.UINT;
          case 'f' -> NumberKind.FLOAT;
          case 'c' -> throw unsupported(where, "complex numbers (%s)".formatted(descr));
          case 'O' -> throw unsupported(where, PICKLE);
          case 'S', 'U' ->
              throw unsupported(
                  where, "text (%s); save the classes as numbers from 0".formatted(descr));
          case 'V' -> throw unsupported(where, "raw bytes or a structure (%s)".formatted(descr));
          default -> throw unsupported(where, "times (%s)".formatted(descr));
        };
    boolean known =
        switch (kind) {
          case BOOL -> bytes == 1;
          case FLOAT -> bytes == 2 || bytes == 4 || bytes == 8;
          default -> bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
        };
    boolean ordered = bytes == 1 || !code.group(1).equals("|");
    if (!known || !ordered || !code.group(4).isEmpty()) {
      throw unsupported(where, "elements of the type '%s'".formatted(descr));
    }
    return new NpyType(
        kind, bytes, code.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static DataException unsupported(String where, String found) {
    return new DataException(
        "%s: expected an array of integers, floats (16 to 64 bits) or booleans, found %s"
            .formatted(where, found));
  }

  /** Whether elements are unsigned bytes, which need no conversion. */
  boolean isUnsignedByte() {
    return kind == NumberKind.UINT && bytes == 1;
  }

  boolean isFloat() {
    return kind == NumberKind.FLOAT;
  }

  /**
   * Converts elements. Integers beyond 2^53 are rounded, which keeps them out of the range of
   * pixels and labels.
   *
   * @param raw the bytes of at least {@code count} elements, from index 0
   * @param values filled from index 0
   */
  void decode(byte[] raw, double[] values, int count) {
    ByteBuffer in = ByteBuffer.wrap(raw).order(order);
    // Floats have loops of their own: they are what people save most, and the quickest so.
    switch (kind) {
      case FLOAT -> decodeFloats(in, values, count);
      case INT -> decodeSigned(in, values, count);
      default -> decodeUnsigned(in, values, count);
    }
  }

  private void decodeFloats(ByteBuffer in, double[] values, int count) {
    switch (bytes) {
      case 2 -> fill(values, count, i -> ofHalf(in.getShort(2 * i)));
      case 4 -> {
        for (int i = 0; i < count; i++) {
          values[i] = in.getFloat(4 * i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          values[i] = in.getDouble(8 * i);
        }
      }
    }
  }

  private void decodeSigned(ByteBuffer in, double[] values, int count) {
    switch (bytes) {
      case 1 -> fill(values, count, in::get);
      case 2 -> fill(values, count, i -> in.getShort(2 * i));
      case 4 -> fill(values, count, i -> in.getInt(4 * i));
      default -> fill(values, count, i -> in.getLong(8 * i));
    }
  }

  private void decodeUnsigned(ByteBuffer in, double[] values, int count) {
    switch (bytes) {
      case 1 -> fill(values, count, i -> Byte.toUnsignedInt(in.get(i)));
      case 2 -> fill(values, count, i -> Short.toUnsignedInt(in.getShort(2 * i)));
      case 4 -> fill(values, count, i -> Integer.toUnsignedLong(in.getInt(4 * i)));
      default -> fill(values, count, i -> ofUnsigned(in.getLong(8 * i)));
    }
  }

  private static void fill(double[] values, int count, IntToDoubleFunction element) {
    for (int i = 0; i < count; i++) {
      values[i] = element.applyAsDouble(i);
    }
  }

  private static double ofUnsigned(long value) {
    return value >= 0 ? value : 0x1p63 + (value & Long.MAX_VALUE);
  }

  /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
  static double ofHalf(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, -24);
    } else {
      magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  /** A value as Python prints it, nearly. */
  String print(double value) {
    if (kind == NumberKind.FLOAT) {
      return bytes == 8 ? Double.toString(value) : Float.toString((float) value);
    }
    return new BigDecimal(value).toBigInteger().toString();
  }

  /** NumPy's name, such as {@code float32}. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == NumberKind.BOOL ? name : name + 8 * bytes;
  }
}
