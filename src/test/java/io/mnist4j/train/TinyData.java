package io.mnist4j.train;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A data set of 3x3 images whose class is the brightest row: small, and quickly learned. */
public final class TinyData {
  private TinyData() {}

  /** Different images for training and test, the same at each call. */
  public static Dataset create(int train, int test) {
    return new Dataset(
        "tiny",
        List.of("top", "middle", "bottom"),
        images(train, 1),
        images(test, 2),
        new TreeMap<>());
  }

  private static ImageSet images(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * 9];
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) random.nextInt(3);
      for (int i = 0; i < 9; i++) {
        int ink = random.nextInt(100) + (i / 3 == labels[image] ? 150 : 0);
        pixels[image * 9 + i] = (byte) ink;
      }
    }
    return new ImageSet(3, 3, pixels, labels);
  }
}
