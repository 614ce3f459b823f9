package io.mnist4j.train.engine.stage;

import java.nio.FloatBuffer;

/** Sums of squares over all units, for each image of a batch. */
public final class ImageSquares {
  private static final int IMAGES_PER_PART = 64;

  private ImageSquares() {}

  /**
   * Adds for each image of a batch what dense layers take: the outer product of derivatives and
   * inputs has the squared norm |d|² |a|², and the biases have |d|².
   *
   * @param in inputs of the layer, whose values are read
   * @param out outputs of the layer, whose derivatives by the sums are read
   */
  public static void addProducts(
      WorkerPool workers,
      Scratch[] scratch,
      ActivationBuffer in,
      ActivationBuffer out,
      double[] squares,
      int images) {
    workers.run(
        (images + IMAGES_PER_PART - 1) / IMAGES_PER_PART,
        (part, worker) -> {
          int first = part * IMAGES_PER_PART;
          int count = Math.min(IMAGES_PER_PART, images - first);
          double[] ofInputs = new double[count];
          double[] ofDeltas = new double[count];
          add(in, in.valueBuffer, first, images, scratch[worker], ofInputs);
          add(out, out.deltaBuffer, first, images, scratch[worker], ofDeltas);
          for (int i = 0; i < count; i++) {
            squares[first + i] += ofDeltas[i] * (ofInputs[i] + 1);
          }
        });
  }

  /**
   * Adds the squares of some images.
   *
   * @param numbers of the buffer, its values or its derivatives
   */
  private static void add(
      ActivationBuffer buffer,
      FloatBuffer numbers,
      int first,
      int images,
      Scratch scratch,
      double[] sums) {
    if (buffer.imageMajor) {
      float[] image = scratch.row(buffer.units);
      for (int i = 0; i < sums.length; i++) {
        numbers.get((first + i) * buffer.units, image);
        sums[i] += Scratch.squaredNorm(image, image.length);
      }
      return;
    }
    float[] row = scratch.values;
    for (int unit = 0; unit < buffer.units; unit++) {
      numbers.get(unit * images + first, row, 0, sums.length);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (double) row[i] * row[i];
      }
    }
  }
}
