package io.mnist4j.model;

import io.mnist4j.data.ImageSet;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images as a network takes them: {@code [n, height * width]} float32 in [0, 1], outside the Java
 * heap.
 */
public final class Tensors {
  private static final int IMAGES_PER_TASK = 2_000;

  private Tensors() {}

  /** Bytes that {@link #features} takes outside the heap. */
  public static long featureBytes(ImageSet images) {
    return (long) images.size() * images.pixelsPerImage() * Float.BYTES;
  }

  /** All images, each pixel divided by 255. */
  public static INDArray features(ImageSet images) {
    int pixelsPerImage = images.pixelsPerImage();
    INDArray features = Nd4j.createUninitialized(DataType.FLOAT, images.size(), pixelsPerImage);
    float[] scaled = new float[256];
    for (int value = 0; value < scaled.length; value++) {
      scaled[value] = value / 255f;
    }
    byte[] pixels = images.pixels();
    FloatBuffer target = features.data().asNioFloat();
    int tasks = (images.size() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
    IntStream.range(0, tasks)
        .parallel()
        .forEach(
            task -> {
              int first = task * IMAGES_PER_TASK;
              int last = Math.min(images.size(), first + IMAGES_PER_TASK);
              float[] row = new float[pixelsPerImage];
              for (int image = first; image < last; image++) {
                int offset = image * pixelsPerImage;
                for (int i = 0; i < pixelsPerImage; i++) {
                  row[i] = scaled[pixels[offset + i] & 0xff];
                }
                target.put(offset, row);
              }
            });
    return features;
  }
}
