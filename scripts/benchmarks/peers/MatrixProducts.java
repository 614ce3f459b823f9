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
 * The matrix products of a recipe, and nothing else: what OpenBLAS allows. A convolution's are those
 * of its filters with windows that lie there already, image by image.
 */
class MatrixProducts {
  private static final int WARM_UP_STEPS = 20;

  /** C[rows, columns] = A B, with A[rows, inner] or its transpose, and so B; so many times. */
  private record Product(
      int times,
      int transposeA,
      int transposeB,
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      FloatPointer b,
      FloatPointer c) {
    void compute() {
      for (int i = 0; i < times; i++) {
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
  }

  /** The products of one step, layer by layer. */
  private static List<Product> step(Recipe recipe, IdxFiles train) {
    List<Product> products = new ArrayList<>();
    int channels = 1;
    int height = train.height();
    int width = train.width();
    for (Recipe.Layer layer : recipe.layers()) {
      boolean first = products.isEmpty();
      switch (layer.kind()) {
        case "conv" -> {
          int window = channels * layer.kernel() * layer.kernel();
          channels = layer.size();
          height -= layer.kernel() - 1;
          width -= layer.kernel() - 1;
          add(products, recipe.batchSize(), height * width, window, channels, first);
        }
        case "pool" -> {
          height /= layer.size();
          width /= layer.size();
        }
        case "dense" -> {
          add(products, 1, recipe.batchSize(), channels * height * width, layer.size(), first);
          channels = layer.size();
          height = 1;
          width = 1;
        }
        default -> {} // A dropout has none.
      }
    }
    int inputs = channels * height * width;
    add(products, 1, recipe.batchSize(), inputs, train.classes(), products.isEmpty());
    return products;
  }

  /** A layer forward, its gradient, and, but of the first, the gradient of its input. */
  private static void add(
      List<Product> products, int times, int rows, int inputs, int outputs, boolean first) {
    FloatPointer input = random(rows * inputs);
    FloatPointer weights = random(outputs * inputs);
    FloatPointer error = random(rows * outputs);
    products.add(
        new Product(
            times, CblasNoTrans, CblasTrans, rows, outputs, inputs, input, weights,
            random(rows * outputs)));
    products.add(
        new Product(
            times, CblasTrans, CblasNoTrans, outputs, inputs, rows, error, input,
            random(outputs * inputs)));
    if (!first) {
      products.add(
          new Product(
              times, CblasNoTrans, CblasNoTrans, rows, inputs, outputs, error, weights,
              random(rows * inputs)));
    }
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
    IdxFiles train = IdxFiles.training(recipe);
    List<Product> step = step(recipe, train);
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
