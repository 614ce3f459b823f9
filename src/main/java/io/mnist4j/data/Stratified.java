package io.mnist4j.data;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;
import java.util.BitSet;

/** Random parts of an image set in which each class keeps its share, and none is missing. */
public final class Stratified {
  private Stratified() {}

  /**
   * Chooses at random. Each class that has images gets one of the part's places; the others go to
   * the classes by largest remainder (Hamilton's method).
   *
   * @param size images of the part: {@link #classesOf} to all
   * @param seed of the choice
   * @return indices of the images in the part, ascending
   * @throws IllegalArgumentException if the size is out of range
   */
  public static int[] choose(ImageSet images, int size, long seed) {
    int classes = classesOf(images);
    if (size < classes || size > images.size()) {
      throw new IllegalArgumentException(
          "%d of %d images of %d classes".formatted(size, images.size(), classes));
    }
    int[] places = places(counts(images), images.size(), size);
    int[] order = shuffled(images.size(), seed);
    BitSet chosen = new BitSet(images.size());
    for (int image : order) {
      if (places[images.label(image)] > 0) {
        places[images.label(image)]--;
        chosen.set(image);
      }
    }
    return chosen.stream().toArray();
  }

  /**
   * One of several parts that have no image in common and are the whole set together. The images of
   * each class are dealt out in a random order, and those of the next class go on with the part
   * after: so parts differ by one image at most, in all and in each class.
   *
   * @param parts at least 2
   * @param number of the part, from 1
   * @param seed of the order
   * @return indices of the images in the part, ascending
   */
  public static int[] fold(ImageSet images, int parts, int number, long seed) {
    int[] dealt = new int[256];
    int[] counts = counts(images);
    for (int c = 1; c < dealt.length; c++) {
      dealt[c] = (dealt[c - 1] + counts[c - 1]) % parts;
    }
    BitSet chosen = new BitSet(images.size());
    for (int image : shuffled(images.size(), seed)) {
      int label = images.label(image);
      if (dealt[label] == number - 1) {
        chosen.set(image);
      }
      dealt[label] = (dealt[label] + 1) % parts;
    }
    return chosen.stream().toArray();
  }

  /** The number of images of the class that has the fewest, of those that have any. */
  public static int fewestOfAClass(ImageSet images) {
    return Arrays.stream(counts(images)).filter(count -> count > 0).min().orElse(0);
  }

  /** The number of classes that have images. */
  public static int classesOf(ImageSet images) {
    int classes = 0;
    for (int count : counts(images)) {
      classes += count > 0 ? 1 : 0;
    }
    return classes;
  }

  private static int[] counts(ImageSet images) {
    return images.countsByLabel(256);
  }

  /** The places of each class, handed out one by one to whom most is owed. */
  private static int[] places(int[] counts, int all, int size) {
    int[] places = new int[counts.length];
    int left = size;
    for (int c = 0; c < counts.length; c++) {
      places[c] = Math.min(1, counts[c]);
      left -= places[c];
    }
    for (; left > 0; left--) {
      int most = -1;
      long mostOwed = Long.MIN_VALUE;
      for (int c = 0; c < counts.length; c++) {
        // Times the number of all images, so that it is whole.
        long owed = (long) size * counts[c] - (long) places[c] * all;
        if (places[c] < counts[c] && owed > mostOwed) {
          most = c;
          mostOwed = owed;
        }
      }
      places[most]++;
    }
    return places;
  }

  private static int[] shuffled(int size, long seed) {
    // The index keeps clear of those that other uses of the seed give to images.
    SplitMix64 random = new SplitMix64(seed, -1);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
