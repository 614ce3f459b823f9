package io.mnist4j.model;

import io.mnist4j.data.ImageSet;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images as a network takes them: {@code [n, height * width]} float32 in [0, 1], outside the Java
 * heap.
 */
public final class Tensors {
  private static final int IMAGES_PER_TASK = 500;
  private static final float[] SCALED = new float[256];

  static {
    for (int value = 0; value < SCALED.length; value++) {
      SCALED[value] = value / 255f;
    }
  }

  private Tensors() {}

  /** All images, each pixel divided by 255. */
  public static INDArray features(ImageSet images) {
    return features(images, 0, images.size());
  }

  /**
   * Some images, each pixel divided by 255.
   *
   * @param first index
   * @param last index + 1
   */
  public static INDArray features(ImageSet images, int first, int last) {
    int pixelsPerImage = images.pixelsPerImage();
    INDArray features = Nd4j.createUninitialized(DataType.FLOAT, last - first, pixelsPerImage);
    FloatBuffer target = features.data().asNioFloat();
    int tasks = (last - first + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
    IntStream.range(0, tasks)
        .parallel()
        .forEach(
            task -> {
              int start = first + task * IMAGES_PER_TASK;
              int end = Math.min(last, start + IMAGES_PER_TASK);
              float[] row = new float[pixelsPerImage];
              for (int image = start; image < end; image++) {
                scale(images, image, row);
                target.put((image - first) * pixelsPerImage, row);
              }
            });
    // Where it computes elsewhere, the numbers there are no longer these.
    Nd4j.getAffinityManager().tagLocation(features, AffinityManager.Location.HOST);
    return features;
  }

  /**
   * One image, each pixel divided by 255.
   *
   * @param row its first numbers are filled in, one for each pixel
   */
  public static void scale(ImageSet images, int image, float[] row) {
    byte[] pixels = images.pixels();
    int perImage = images.pixelsPerImage();
    int offset = image * perImage;
    for (int i = 0; i < perImage; i++) {
      row[i] = SCALED[pixels[offset + i] & 0xff];
    }
  }

  /**
   * The rows of a matrix. ND4J's own way makes an array of each row first, and takes longer for
   * that than a small network does for its answers.
   *
   * @param matrix {@code [n, m]}
   */
  public static float[][] rows(INDArray matrix) {
    int columns = Math.toIntExact(matrix.size(1));
    float[] values = matrix.dup('c').data().asFloat();
    float[][] rows = new float[Math.toIntExact(matrix.size(0))][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }
    return rows;
  }
}
