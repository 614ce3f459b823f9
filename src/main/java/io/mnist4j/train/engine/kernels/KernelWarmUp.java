package io.mnist4j.train.engine.kernels;

import static io.mnist4j.train.engine.kernels.MapKernels.BLOCK;
import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.train.engine.kernels.MapKernels.Products;
import io.mnist4j.train.engine.kernels.MapKernels.Rows;
import io.mnist4j.train.engine.kernels.MapKernels.Squares;
import io.mnist4j.train.engine.kernels.MapKernels.Terms;
import java.util.List;

/**
 * Runs the kernels on zeros, on a thread of its own, while the data is being read: so the JVM has
 * compiled them when training begins. Until then they are a hundred times as slow.
 */
public final class KernelWarmUp {
  /** A convolution of a few pixels takes a tenth of this when it is compiled, else much longer. */
  private static final long COMPILED_NANOS = 50_000;

  private static final long LONGEST_NANOS = 2_000_000_000;

  /** Larger kernels have no loops of their own. */
  private static final int LARGEST = 7;

  private static final int CHANNELS = 2;

  /** Outputs of the small convolution in each direction: two squares of a pooling. */
  private static final int SIDE = 4;

  private KernelWarmUp() {}

  /**
   * Begins, and returns at once.
   *
   * @param kernelSizes of the convolutions that are to come, in pixels
   */
  public static void begin(List<Integer> kernelSizes) {
    List<Integer> sizes = kernelSizes.stream().distinct().filter(size -> size <= LARGEST).toList();
    if (!sizes.isEmpty()) {
      Thread thread = new Thread(() -> run(sizes), "kernels");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Returns how often it ran all of them. */
  static int run(List<Integer> kernelSizes) {
    MapKernels kernels = KernelChoice.kernels();
    if (kernels instanceof PortableKernels) {
      // Interpreted, too, they are not that slow; compiled, they may take longer than is waited
      // for.
      return 0;
    }
    List<SmallConvolution> convolutions = kernelSizes.stream().map(SmallConvolution::new).toList();
    long begin = System.nanoTime();
    long longest = Long.MAX_VALUE;
    int rounds = 0;
    while (longest > COMPILED_NANOS && System.nanoTime() - begin < LONGEST_NANOS) {
      longest = 0;
      for (SmallConvolution convolution : convolutions) {
        long start = System.nanoTime();
        convolution.compute(kernels);
        longest = Math.max(longest, System.nanoTime() - start);
      }
      rounds++;
    }
    return rounds;
  }

  /** A convolution of a few pixels, and a pooling behind it. */
  private static final class SmallConvolution {
    private final int kernelSize;
    private final int inSide;
    private final float[] in;
    private final float[] out = new float[BLOCK * SIDE * SIDE * LANES];
    private final float[] pooled = new float[SIDE * SIDE / 4 * LANES];
    private final Terms terms;
    private final int[] outPixels = new int[SIDE * SIDE];
    private final int[] inPixels = new int[SIDE * SIDE];

    SmallConvolution(int kernelSize) {
      this.kernelSize = kernelSize;
      inSide = SIDE + kernelSize - 1;
      in = new float[CHANNELS * inSide * inSide * LANES];
      int square = kernelSize * kernelSize;
      int[] offsets = new int[CHANNELS * square];
      for (int p = 0; p < offsets.length; p++) {
        int row = p % square / kernelSize;
        offsets[p] = ((p / square * inSide + row) * inSide + p % kernelSize) * LANES;
      }
      terms = new Terms(offsets, new float[BLOCK * offsets.length], new float[BLOCK], true);
      for (int i = 0; i < outPixels.length; i++) {
        outPixels[i] = i * LANES;
        inPixels[i] = (i / SIDE * inSide + i % SIDE) * LANES;
      }
    }

    void compute(MapKernels kernels) {
      int plane = SIDE * SIDE * LANES;
      int row = SIDE * LANES;
      int count = terms.offsets().length;
      for (int y = 0; y < SIDE; y++) {
        Rows to = new Rows(out, y * row, plane, row);
        kernels.correlate(in, y * inSide * LANES, terms, 0, count, to, BLOCK);
      }
      kernels.gateByPositive(out, 0, out, 0, out.length);
      Products products = new Products(out, 0, plane, outPixels, in, inPixels);
      kernels.accumulate(products, terms.offsets(), kernelSize, new float[BLOCK * count * LANES]);
      kernels.accumulate(products, new float[BLOCK * LANES]);
      kernels.largestOfFour(out, 0, row, pooled, 0, SIDE / 2);
      Squares squares = new Squares(0, row, 0, row, SIDE / 2);
      kernels.spreadToLargest(out, pooled, 0, pooled, 0, out, squares);
    }
  }
}
