package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.IntStream;

/**
 * Images as a matrix {@code [images, pixels]} in the form "compressed sparse row": for each image
 * the pixels that are not empty, one of five in handwriting, and their values in [0, 1].
 */
final class CsrImages {
  private static final float[] SCALED = new float[256];
  private static final Map<ImageSet, SoftReference<CsrImages>> MADE = new WeakHashMap<>();

  static {
    for (int value = 0; value < SCALED.length; value++) {
      SCALED[value] = value / 255f;
    }
  }

  /** For each image, the index of its first pixel in the two arrays below. */
  final int[] start;

  /** For each image, the index after its last one. */
  final int[] end;

  final char[] columnIndex;
  final float[] value;

  private CsrImages(int[] start, int[] end, int pixels) {
    this.start = start;
    this.end = end;
    columnIndex = new char[pixels];
    value = new float[pixels];
  }

  /** Returns the share of the pixels that are not empty, 0 to 1. */
  static double density(ImageSet images) {
    return (double) IntStream.of(counts(images)).sum() / images.pixels().length;
  }

  /** All images of a set. Trainings side by side on the same set share one copy. */
  static CsrImages of(ImageSet images) {
    synchronized (MADE) {
      SoftReference<CsrImages> made = MADE.get(images);
      CsrImages csr = made == null ? null : made.get();
      if (csr == null) {
        csr = make(images);
        MADE.put(images, new SoftReference<>(csr));
      }
      return csr;
    }
  }

  private static CsrImages make(ImageSet images) {
    int n = images.size();
    int perImage = images.pixelsPerImage();
    int[] end = counts(images);
    int[] start = new int[n];
    for (int i = 1; i < n; i++) {
      start[i] = end[i - 1];
      end[i] += start[i];
    }
    CsrImages csr = new CsrImages(start, end, end[n - 1]);
    byte[] pixels = images.pixels();
    IntStream.range(0, n)
        .parallel()
        .forEach(
            image -> {
              int next = start[image];
              int first = image * perImage;
              for (int i = 0; i < perImage; i++) {
                byte pixel = pixels[first + i];
                if (pixel != 0) {
                  csr.columnIndex[next] = (char) i;
                  csr.value[next++] = SCALED[pixel & 0xff];
                }
              }
            });
    return csr;
  }

  private static int[] counts(ImageSet images) {
    byte[] pixels = images.pixels();
    int perImage = images.pixelsPerImage();
    int[] counts = new int[images.size()];
    IntStream.range(0, counts.length)
        .parallel()
        .forEach(
            image -> {
              int count = 0;
              for (int i = image * perImage; i < (image + 1) * perImage; i++) {
                count += pixels[i] == 0 ? 0 : 1;
              }
              counts[image] = count;
            });
    return counts;
  }

  /** Room for a batch of images that are {@link #set} one by one. */
  static CsrImages room(int images, int pixelsPerImage) {
    int[] start = new int[images];
    for (int i = 0; i < images; i++) {
      start[i] = i * pixelsPerImage;
    }
    return new CsrImages(start, new int[images], images * pixelsPerImage);
  }

  /**
   * Puts an image in the place of another.
   *
   * @param pixels of the image
   */
  void set(int image, float[] pixels) {
    int next = start[image];
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != 0) {
        columnIndex[next] = (char) i;
        value[next++] = pixels[i];
      }
    }
    end[image] = next;
  }

  /**
   * Reads a little of each cache line of an image, so that it is on its way from memory when it is
   * needed: images come in random order, and the processor cannot guess the next one.
   *
   * @return a number of no meaning, so that the compiler does not leave the reading out
   */
  int prefetch(int image) {
    int sum = 0;
    for (int k = start[image]; k < end[image]; k += 16) {
      sum += columnIndex[k] + Float.floatToRawIntBits(value[k]);
    }
    return sum;
  }
}
