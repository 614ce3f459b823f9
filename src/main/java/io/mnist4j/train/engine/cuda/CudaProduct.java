package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;
import java.util.function.IntUnaryOperator;

/**
 * A product of two matrices on the card, {@code c[m][n] = a[m][k] b[k][n]}, wherever their numbers
 * lie: see Product in step.cu.
 */
final class CudaProduct {
  /** Floats that the slices of any product may need together. */
  static final int ROOM = 1 << 22;

  private static final int TILE = 4096;
  private static final int SQUARE = 64;
  private static final int FLAT = 32;
  private static final int DEPTH = 16;

  /** Blocks that keep a large card busy. The same for all cards, so that the sums are, too. */
  private static final int BLOCKS = 128;

  private static final int SHORTEST_SLICE = 64;

  /**
   * Where the numbers of a matrix lie: that of a row and a column at rows + columns.
   *
   * @param address of the matrix
   * @param rows tables on the card
   * @param columns likewise
   * @param columnsAreClose whether neighbours of a row lie side by side in memory
   */
  record CudaMatrix(long address, long rows, long columns, boolean columnsAreClose) {}

  /** What is done with each sum. */
  record Epilogue(long bias, boolean ofRows, long sums, long rowSums, int activation) {
    static Epilogue none() {
      return new Epilogue(0, false, 0, 0, KernelCodes.IDENTITY);
    }

    static Epilogue rowSums(long address) {
      return new Epilogue(0, false, 0, address, KernelCodes.IDENTITY);
    }
  }

  private final CudaMemory memory;
  private final CudaMatrix a;
  private final CudaMatrix b;
  private final CudaMatrix c;
  private final Epilogue epilogue;

  CudaProduct(CudaMemory memory, CudaMatrix a, CudaMatrix b, CudaMatrix c, Epilogue epilogue) {
    this.memory = memory;
    this.a = a;
    this.b = b;
    this.c = c;
    this.epilogue = epilogue;
  }

  /** A table of places on the card. */
  static long table(CudaMemory memory, int size, IntUnaryOperator place) {
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = place.applyAsInt(i);
    }
    return memory.ints(places);
  }

  /** Computes it. */
  void launch(int m, int n, int k) {
    int rows = m <= FLAT ? FLAT : SQUARE;
    int columns = TILE / rows;
    int x = (n + columns - 1) / columns;
    int y = (m + rows - 1) / rows;
    long wanted = Math.max(1, BLOCKS / ((long) x * y));
    int most =
        Math.max(1, Math.min(k / SHORTEST_SLICE, (int) (ROOM / Math.max(1, (long) m * (n + 1)))));
    int slices = (int) Math.min(wanted, most);
    int depth = (((k + slices - 1) / slices + DEPTH - 1) / DEPTH) * DEPTH;
    slices = (k + depth - 1) / depth;
    KernelArgument argument =
        new KernelArgument()
            .pointers(a.address(), b.address(), c.address(), a.rows(), a.columns())
            .pointers(b.rows(), b.columns(), c.rows(), c.columns(), epilogue.bias())
            .pointers(epilogue.sums(), epilogue.rowSums(), memory.partial())
            .ints(m, n, k, slices, depth, epilogue.activation())
            .ints(flag(!a.columnsAreClose()), flag(b.columnsAreClose()), flag(epilogue.ofRows()));
    memory.context().launch(rows == FLAT ? "product_flat" : "product", x, y, slices, argument);
    if (slices > 1) {
      memory.launch("product_sum", (long) m * (n + 1), argument);
    }
  }

  private static int flag(boolean set) {
    return set ? 1 : 0;
  }
}
