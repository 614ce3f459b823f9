package io.mnist4j.train.engine.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mnist4j.train.engine.kernels.MapKernels.Products;
import io.mnist4j.train.engine.kernels.MapKernels.Rows;
import io.mnist4j.train.engine.kernels.MapKernels.Squares;
import io.mnist4j.train.engine.kernels.MapKernels.Terms;
import io.mnist4j.train.engine.kernels.MapKernels.Windows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels by the Vector API against those in plain Java, bit by bit. */
class MapKernelsTest {
  private static final int CHANNELS = 8;
  private static final int SIDE = 9;
  private static final int PLANE = SIDE * SIDE * MapKernels.LANES;
  private static final MapKernels PLAIN = new PortableKernels(true);
  private static final Random RANDOM = new Random(1);
  private static MapKernels vector;

  /** These tests get the flags that the launchers give. */
  @BeforeAll
  static void vectorKernelsAreChosen() {
    vector = KernelChoice.kernels();
    assertInstanceOf(VectorKernels.class, vector);
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) RANDOM.nextGaussian();
    }
    return numbers;
  }

  private static int[] offsets(int kernel) {
    int[] offsets = new int[2 * kernel * kernel];
    for (int p = 0; p < offsets.length; p++) {
      int row = p / kernel % kernel;
      offsets[p] = p / (kernel * kernel) * PLANE + (row * SIDE + p % kernel) * MapKernels.LANES;
    }
    return offsets;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void correlation(int kernel) {
    float[] input = numbers(2 * PLANE);
    int[] offsets = offsets(kernel);
    int length = (SIDE - kernel + 1) * MapKernels.LANES;
    for (boolean relu : new boolean[] {false, true}) {
      Terms terms = new Terms(offsets, numbers(CHANNELS * offsets.length), numbers(CHANNELS), relu);
      float[] expected = new float[CHANNELS * PLANE];
      float[] actual = new float[CHANNELS * PLANE];
      int end = offsets.length;
      PLAIN.correlate(input, 0, terms, 1, end, new Rows(expected, 32, PLANE, length), CHANNELS);
      vector.correlate(input, 0, terms, 1, end, new Rows(actual, 32, PLANE, length), CHANNELS);
      assertArrayEquals(expected, actual);
    }
  }

  /** The number that a reader of the formula gets. */
  @Test
  void correlationIsTheSumThatItsFormulaSays() {
    float[] input = numbers(PLANE);
    float[] weights = numbers(2 * MapKernels.BLOCK);
    float[] bias = numbers(MapKernels.BLOCK);
    int[] offsets = {0, MapKernels.LANES};
    float[] out = new float[MapKernels.BLOCK * MapKernels.LANES];
    vector.correlate(
        input,
        MapKernels.LANES,
        new Terms(offsets, weights, bias, false),
        0,
        2,
        new Rows(out, 0, MapKernels.LANES, MapKernels.LANES),
        MapKernels.BLOCK);
    for (int c = 0; c < MapKernels.BLOCK; c++) {
      for (int i = 0; i < MapKernels.LANES; i++) {
        double sum =
            bias[c]
                + (double) weights[c] * input[MapKernels.LANES + i]
                + (double) weights[MapKernels.BLOCK + c] * input[2 * MapKernels.LANES + i];
        assertEquals(sum, out[c * MapKernels.LANES + i], 1e-5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void products(int kernel) {
    int[] offsets = offsets(kernel);
    int side = SIDE - kernel + 1;
    int[] pixels = new int[side * side];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (p / side * SIDE + p % side) * MapKernels.LANES;
    }
    Products products =
        new Products(numbers(CHANNELS * PLANE), PLANE, PLANE, pixels, numbers(2 * PLANE), pixels);
    float[] expected = numbers(MapKernels.BLOCK * offsets.length * MapKernels.LANES);
    float[] actual = expected.clone();
    PLAIN.accumulate(products, offsets, kernel, expected);
    vector.accumulate(products, offsets, kernel, actual);
    assertArrayEquals(expected, actual);
    float[] expectedSums = numbers(MapKernels.BLOCK * MapKernels.LANES);
    float[] sums = expectedSums.clone();
    PLAIN.accumulate(products, expectedSums);
    vector.accumulate(products, sums);
    assertArrayEquals(expectedSums, sums);
  }

  @Test
  void gate() {
    float[] output = numbers(PLANE);
    float[] expected = numbers(PLANE);
    float[] actual = expected.clone();
    PLAIN.gateByPositive(expected, 16, output, 32, 64);
    vector.gateByPositive(actual, 16, output, 32, 64);
    assertArrayEquals(expected, actual);
  }

  /** Whole numbers, so that several of a square are as large as each other. */
  @Test
  void pooling() {
    int row = 8 * MapKernels.LANES;
    float[] input = new float[2 * row];
    for (int i = 0; i < input.length; i++) {
      input[i] = RANDOM.nextInt(3);
    }
    float[] expected = new float[row / 2];
    float[] actual = new float[row / 2];
    PLAIN.largestOfFour(input, 0, row, expected, 0, 4);
    vector.largestOfFour(input, 0, row, actual, 0, 4);
    assertArrayEquals(expected, actual);
    float[] delta = numbers(row / 2);
    float[] expectedDelta = numbers(2 * row);
    float[] actualDelta = expectedDelta.clone();
    Squares squares = new Squares(0, row, 0, row, 4);
    PLAIN.spreadToLargest(input, expected, 0, delta, 0, expectedDelta, squares);
    vector.spreadToLargest(input, actual, 0, delta, 0, actualDelta, squares);
    assertArrayEquals(expectedDelta, actualDelta);
  }

  /** Windows that overlap, and whole numbers, so that several of one are as large as each other. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void poolingOfAnyWindows(int stride) {
    int kernel = 3;
    int pixels = 4;
    int row = ((pixels - 1) * stride + kernel) * MapKernels.LANES;
    float[] input = new float[kernel * row];
    for (int i = 0; i < input.length; i++) {
      input[i] = RANDOM.nextInt(4);
    }
    float[] largest = new float[pixels * MapKernels.LANES];
    float[] delta = numbers(largest.length);
    float[] start = numbers(input.length);
    float[] byFormula = start.clone();
    for (int x = 0; x < largest.length; x++) {
      int column = x / MapKernels.LANES * stride * MapKernels.LANES + x % MapKernels.LANES;
      int best = column;
      for (int k = 1; k < kernel * kernel; k++) {
        int place = k / kernel * row + column + k % kernel * MapKernels.LANES;
        best = input[place] > input[best] ? place : best;
      }
      largest[x] = input[best];
      byFormula[best] += delta[x];
    }
    Windows windows = new Windows(0, row, 0, row, kernel, stride, pixels);
    for (MapKernels kernels : List.of(PLAIN, vector)) {
      float[] actual = start.clone();
      kernels.addToLargest(input, largest, 0, delta, 0, actual, windows);
      assertArrayEquals(byFormula, actual);
    }
  }
}
