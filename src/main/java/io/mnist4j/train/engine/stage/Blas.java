package io.mnist4j.train.engine.stage;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Matrix products of OpenBLAS, which each run on the thread that asks for them. */
public final class Blas {
  private Blas() {}

  /** A matrix in memory outside the Java heap, row by row, or the transpose of one. */
  public record Matrix(FloatPointer start, int rowLength, boolean transposed) {

    public static Matrix of(FloatPointer start, int rowLength) {
      return new Matrix(start, rowLength, false);
    }

    public Matrix transpose() {
      return new Matrix(start, rowLength, !transposed);
    }

    /** What lies below a row and right of a column, as it is in memory. */
    public Matrix from(long row, long column) {
      return new Matrix(start.getPointer(row * rowLength + column), rowLength, transposed);
    }
  }

  /**
   * c = a b.
   *
   * @param m rows of a and c
   * @param n columns of b and c
   * @param k columns of a, rows of b
   */
  public static void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    openblas.cblas_sgemm(
        CblasRowMajor,
        a.transposed ? CblasTrans : CblasNoTrans,
        b.transposed ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        1,
        a.start,
        a.rowLength,
        b.start,
        b.rowLength,
        0,
        c.start,
        c.rowLength);
  }
}
