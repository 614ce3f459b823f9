package io.mnist4j.issues;

import io.mnist4j.data.ImageSet;
import io.mnist4j.random.SplitMix64;
import java.util.stream.IntStream;

/** Parts of a set of images of equal size, each with its share of each class. */
final class StratifiedFolds {
  /** Keeps clear of the indices that other uses of the seed give to images. */
  private static final long USE = -2;

  private final int[] foldOf;

  private StratifiedFolds(int[] foldOf) {
    this.foldOf = foldOf;
  }

  /**
   * Deals the images out at random, class by class; each class goes on with the fold after the last
   * one that got an image, so that the folds differ in size by one image at most.
   *
   * @param folds at least 2
   */
  static StratifiedFolds of(ImageSet images, int folds, long seed) {
    int[] order = shuffled(images.size(), seed);
    int[][] byClass = new int[256][];
    for (int label = 0; label < byClass.length; label++) {
      int wanted = label;
      byClass[label] = IntStream.of(order).filter(image -> images.label(image) == wanted).toArray();
    }
    int[] foldOf = new int[images.size()];
    int next = 0;
    for (int[] ofClass : byClass) {
      for (int image : ofClass) {
        foldOf[image] = next;
        next = (next + 1) % folds;
      }
    }
    return new StratifiedFolds(foldOf);
  }

  private static int[] shuffled(int size, long seed) {
    SplitMix64 random = new SplitMix64(seed, USE);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The images of a fold, ascending. */
  int[] heldOut(int fold) {
    return IntStream.range(0, foldOf.length).filter(image -> foldOf[image] == fold).toArray();
  }
}
