package io.mnist4j.train;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Says in which order an epoch takes the training images. */
@FunctionalInterface
public interface BatchOrder {
  /**
   * Fills in the images of an epoch, which depend on the seed and the epoch alone, not on the
   * epochs before.
   *
   * @param order one place for each image
   * @param epoch from 1
   */
  void fill(int[] order, int epoch);

  /** The one that a training asks for. */
  static BatchOrder of(TrainingTask task) {
    return task.groups()
        .filter(TrainingGroups::balancedBatches)
        .map(groups -> balanced(groups, task.seed()))
        .orElse((order, epoch) -> EpochOrder.shuffle(order, task.seed(), epoch));
  }

  /**
   * Takes an image of each group in turn, the groups in a new order in each round, so that no two
   * groups differ by more than two images in any batch. A group whose images have all been taken
   * begins again in another order; of a group that is larger than the others, some images have to
   * wait for another epoch.
   */
  private static BatchOrder balanced(TrainingGroups groups, long seed) {
    int[][] images = new int[groups.count()][];
    for (int group = 0; group < images.length; group++) {
      int wanted = group;
      images[group] =
          IntStream.range(0, groups.ofImages().length)
              .filter(image -> groups.ofImages()[image] == wanted)
              .toArray();
    }
    return (order, epoch) -> {
      // The streams of an epoch: 0 orders the groups, the others their images.
      SplitMix64[] random = new SplitMix64[images.length + 1];
      Arrays.setAll(random, i -> new SplitMix64(seed ^ STREAM, (long) epoch << 32 | i));
      int[][] left = Arrays.stream(images).map(int[]::clone).toArray(int[][]::new);
      int[] taken = new int[images.length];
      int[] round = IntStream.range(0, images.length).toArray();
      for (int place = 0; place < order.length; place++) {
        if (place % round.length == 0) {
          shuffle(round, random[0]);
        }
        int group = round[place % round.length];
        if (taken[group] % left[group].length == 0) {
          shuffle(left[group], random[group + 1]);
        }
        order[place] = left[group][taken[group]++ % left[group].length];
      }
    };
  }

  /** Keeps its random numbers apart from those of other uses of the seed. */
  long STREAM = 0x67726f757073L;

  /** Fisher and Yates. */
  private static void shuffle(int[] values, SplitMix64 random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
