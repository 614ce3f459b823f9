package io.mnist4j.model.archive;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters of a network as {@link Nd4j#write} writes them, of this version of ND4J and all
 * before it down to 0.9. {@link Nd4j#read} believes whatever the file says of its own shape, and
 * hands it to native code.
 */
final class FlatArray {
  private static final Set<String> WITH_INT_LENGTH = Set.of("DIRECT", "HEAP", "JAVACPP");
  private static final Set<String> WITH_LONG_LENGTH = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

  /** Rank, twice 32 sizes, and three figures more. */
  private static final int LONGEST_SHAPE = 68;

  private FlatArray() {}

  private record Header(long length, String type) {
    static Header read(DataInputStream in) throws IOException {
      String mode = in.readUTF();
      if (!WITH_INT_LENGTH.contains(mode) && !WITH_LONG_LENGTH.contains(mode)) {
        throw new IOException("it is not an array that ND4J wrote");
      }
      long length = WITH_INT_LENGTH.contains(mode) ? in.readInt() : in.readLong();
      return new Header(length, in.readUTF());
    }
  }

  /**
   * The same, which must all be finite: a network with others gives no answers.
   *
   * @throws IOException likewise
   */
  static INDArray readFinite(DataInputStream in, long bytes) throws IOException {
    float[] values = readNumbers(in, bytes);
    int wrong = 0;
    for (float value : values) {
      wrong += Float.isFinite(value) ? 0 : 1;
    }
    if (wrong > 0) {
      throw new IOException(
          "%,d of its %,d numbers are infinite or not a number".formatted(wrong, values.length));
    }
    return row(values);
  }

  /**
   * Reads numbers, in the order that they have in memory, as float32.
   *
   * @param bytes how many the stream has
   * @return {@code [1, n]}
   * @throws IOException if it is no such array; the message says why
   */
  static INDArray read(DataInputStream in, long bytes) throws IOException {
    return row(readNumbers(in, bytes));
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

  private static float[] readNumbers(DataInputStream in, long bytes) throws IOException {
    Header shape = Header.read(in);
    int size = sizeOf(shape.type());
    if (shape.length() < 0 || shape.length() > LONGEST_SHAPE) {
      throw new IOException("its shape has %d figures".formatted(shape.length()));
    }
    in.skipNBytes(shape.length() * size);
    Header data = Header.read(in);
    if (data.length() < 1 || data.length() > Math.min(bytes / sizeOf(data.type()), 1 << 30)) {
      throw new IOException("it is said to have %d numbers".formatted(data.length()));
    }
    float[] values = new float[(int) data.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.type().equals("DOUBLE") ? (float) in.readDouble() : in.readFloat();
    }
    return values;
  }

  private static int sizeOf(String type) throws IOException {
    return switch (type) {
      case "LONG", "DOUBLE" -> Double.BYTES;
      case "INT", "FLOAT" -> Float.BYTES;
      default -> throw new IOException("it has numbers of the type " + type);
    };
  }
}
