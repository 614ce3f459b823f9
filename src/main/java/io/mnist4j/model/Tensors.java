package io.mnist4j.model;

import io.mnist4j.data.ImageSet;
import java.nio.FloatBuffer;
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

  /**
   * Slices along the first dimension in another order, in the same shape.
   *
   * @param order the index, from 0, of the slice that comes to each place
   */
  public static INDArray reordered(INDArray values, int[] order) {
    return values
        .reshape(values.size(0), values.length() / values.size(0))
        .getRows(order)
        .reshape(values.shape());
  }

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
    return features(images.pixels(), images.pixelsPerImage(), first, last);
  }

  /**
   * Some images, each pixel divided by 255.
   *
   * @param pixels {@code [n, perImage]} row by row, unsigned bytes
   * @param first index of an image
   * @param last index + 1
   */
  public static INDArray features(byte[] pixels, int perImage, int first, int last) {
    INDArray features = Nd4j.createUninitialized(DataType.FLOAT, last - first, perImage);
    FloatBuffer target = features.data().asNioFloat();
    int tasks = (last - first + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
    IntStream.range(0, tasks)
        .parallel()
        .forEach(
            task -> {
              int start = first + task * IMAGES_PER_TASK;
              int end = Math.min(last, start + IMAGES_PER_TASK);
              float[] row = new float[perImage];
              for (int image = start; image < end; image++) {
                scale(pixels, image, row, perImage);
                target.put((image - first) * perImage, row);
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
    scale(images.pixels(), image, row, images.pixelsPerImage());
  }

  private static void scale(byte[] pixels, int image, float[] row, int perImage) {
    int offset = image * perImage;
    for (int i = 0; i < perImage; i++) {
      row[i] = SCALED[pixels[offset + i] & 0xff];
    }
  }
}
