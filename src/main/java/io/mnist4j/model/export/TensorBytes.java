package io.mnist4j.model.export;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as files have them. */
final class TensorBytes {
  private TensorBytes() {}

  /** All numbers, the last index moving fastest. */
  static float[] inRowOrder(INDArray values) {
    return values.dup('c').data().asFloat();
  }

  /** A {@code float[]}, {@code float[][]}, … of the array's shape. */
  static Object nested(INDArray values) {
    int[] shape = Arrays.stream(values.shape()).mapToInt(Math::toIntExact).toArray();
    return nested(inRowOrder(values), shape, 0, new int[1]);
  }

  private static Object nested(float[] flat, int[] shape, int dimension, int[] position) {
    if (dimension == shape.length - 1) {
      int from = position[0];
      position[0] += shape[dimension];
      return Arrays.copyOfRange(flat, from, position[0]);
    }
    Object array =
        Array.newInstance(float.class, Arrays.copyOfRange(shape, dimension, shape.length));
    for (int i = 0; i < shape[dimension]; i++) {
      Array.set(array, i, nested(flat, shape, dimension + 1, position));
    }
    return array;
  }
}
