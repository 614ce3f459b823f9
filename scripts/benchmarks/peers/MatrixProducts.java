import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The matrix products that the recipe cannot do without, and nothing else: what OpenBLAS allows.
 */
class MatrixProducts {
  private static final int WARM_UP_STEPS = 20;

  /** C[rows, columns] = A B, with A[rows, inner] or its transpose, and so B. */
  private record Product(
      int transposeA,
      int transposeB,
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      FloatPointer b,
      FloatPointer c) {
    void compute() {
      cblas_sgemm(
          CblasRowMajor,
          transposeA,
          transposeB,
          rows,
          columns,
          inner,
          1,
          a,
          transposeA == CblasTrans ? rows : inner,
          b,
          transposeB == CblasTrans ? inner : columns,
          0,
          c,
          columns);
    }
  }

  /**
   * The products of one step: of each layer forward, its gradient, and, but the first, its input's.
   */
  private static List<Product> step(int batch, int[] widths) {
    List<Product> products = new ArrayList<>();
    FloatPointer input = random(batch * widths[0]);
    for (int layer = 1; layer < widths.length; layer++) {
      int inputs = widths[layer - 1];
      int outputs = widths[layer];
      FloatPointer weights = random(outputs * inputs);
      FloatPointer output = random(batch * outputs);
      FloatPointer error = random(batch * outputs);
      products.add(
          new Product(CblasNoTrans, CblasTrans, batch, outputs, inputs, input, weights, output));
      products.add(
          new Product(
              CblasTrans,
              CblasNoTrans,
              outputs,
              inputs,
              batch,
              error,
              input,
              random(outputs * inputs)));
      if (layer > 1) {
        products.add(
            new Product(
                CblasNoTrans,
                CblasNoTrans,
                batch,
                inputs,
                outputs,
                error,
                weights,
                random(batch * inputs)));
      }
      input = output;
    }
    return products;
  }

  private static FloatPointer random(int size) {
    Random random = new Random(1);
    FloatPointer values = new FloatPointer(size);
    for (int i = 0; i < size; i++) {
      values.put(i, random.nextFloat() - 0.5f);
    }
    return values;
  }

  public static void main(String[] args) throws IOException {
    Recipe recipe = Recipe.of(args);
    IdxFiles train = IdxFiles.read(recipe.folder(), "train");
    int[] widths = new int[recipe.hidden().length + 2];
    widths[0] = train.width();
    System.arraycopy(recipe.hidden(), 0, widths, 1, recipe.hidden().length);
    widths[widths.length - 1] = train.classes();
    List<Product> step = step(recipe.batchSize(), widths);
    for (int i = 0; i < WARM_UP_STEPS; i++) {
      step.forEach(Product::compute);
    }
    // Parts of a batch count as parts: so many images are computed as training would compute.
    int steps = Math.round((float) train.count() / recipe.batchSize());
    StringJoiner results = new StringJoiner(", ", "{\"epochs\": [", "]}");
    for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        step.forEach(Product::compute);
      }
      results.add(
          String.format(Locale.ROOT, "{\"seconds\": %.6f, \"accuracy\": null}", (System.nanoTime() - start) / 1e9));
    }
    System.out.println(results);
  }
}
