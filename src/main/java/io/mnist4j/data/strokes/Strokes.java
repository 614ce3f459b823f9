package io.mnist4j.data.strokes;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.files.Sha256;
import io.mnist4j.random.SplitMix64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The data set of drawn digits: images of 28 × 28 pixels, 0 is paper and 255 is ink, in ten
 * classes.
 */
public final class Strokes {
  /** Images of the canonical training set. */
  public static final int TRAIN_IMAGES = 60_000;

  /** Images of the canonical test set. */
  public static final int TEST_IMAGES = 10_000;

  private static final int CLASSES = 10;
  static final long TRAIN_SEED = 1;
  private static final long TEST_SEED = 2;

  /** Images that one task draws: enough to make its buffers worth while. */
  private static final int CHUNK = 250;

  private Strokes() {}

  /** The canonical data set, the same pixels on every machine. */
  public static Dataset generate() {
    ImageSet train = generate(TRAIN_SEED, TRAIN_IMAGES);
    ImageSet test = generate(TEST_SEED, TEST_IMAGES);
    SortedMap<String, String> content = new TreeMap<>();
    content.put("strokes-train-pixels", Sha256.of(train.pixels()));
    content.put("strokes-train-labels", Sha256.of(train.labels()));
    content.put("strokes-test-pixels", Sha256.of(test.pixels()));
    content.put("strokes-test-labels", Sha256.of(test.labels()));
    return new Dataset(
        "strokes", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), train, test, content);
  }

  /**
   * Draws images on all processors. An image depends on the seed and its index alone: fewer images
   * are the beginning of more. Each ten images from the first on hold each digit once, in random
   * order.
   *
   * @param images at least 0
   * @return images of 28 × 28 pixels with labels 0 to 9
   */
  public static ImageSet generate(long seed, int images) {
    byte[] labels = labels(seed, images);
    byte[] pixels = new byte[Math.multiplyExact(images, Raster.SIDE * Raster.SIDE)];
    IntStream.range(0, (images + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              Skeleton skeleton = new Skeleton();
              HandwritingStyle style = new HandwritingStyle();
              Raster raster = new Raster();
              int end = Math.min(images, (chunk + 1) * CHUNK);
              for (int image = chunk * CHUNK; image < end; image++) {
                SplitMix64 random = new SplitMix64(seed, image);
                skeleton.clear(random, random.nextDouble(0, 0.008), random.nextDouble(0, 0.3));
                Glyphs.lay(labels[image], skeleton, random);
                skeleton.finish();
                style.write(skeleton, random);
                // From a sharp ball-point to a felt-tip.
                double penRadius = Math.max(0.7, random.nextBellShaped(1.3, 0.38));
                raster.draw(skeleton, penRadius, pixels, image * Raster.SIDE * Raster.SIDE);
              }
            });
    return new ImageSet(Raster.SIDE, Raster.SIDE, pixels, labels);
  }

  private static byte[] labels(long seed, int images) {
    byte[] labels = new byte[images];
    byte[] ten = new byte[CLASSES];
    for (int first = 0; first < images; first += CLASSES) {
      // Negative indices: the images have the others.
      SplitMix64 random = new SplitMix64(seed, -1 - first);
      for (int i = 0; i < CLASSES; i++) {
        int j = random.nextInt(i + 1);
        ten[i] = ten[j];
        ten[j] = (byte) i;
      }
      System.arraycopy(ten, 0, labels, first, Math.min(CLASSES, images - first));
    }
    return labels;
  }
}
