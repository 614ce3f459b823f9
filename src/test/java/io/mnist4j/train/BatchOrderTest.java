package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.model.layers.OutputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
  private static final int IMAGES = 1_000;

  /** 700, 200 and 100 images. */
  private static final int[] GROUPS =
      IntStream.range(0, IMAGES).map(i -> i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2).toArray();

  private static BatchOrder order(boolean balanced, long seed) {
    ImageSet images = new ImageSet(1, 1, new byte[IMAGES], new byte[IMAGES]);
    return BatchOrder.of(
        new TrainingTask(
            null,
            OutputSpec.DEFAULT,
            images,
            2,
            TrainingSpec.DEFAULT,
            seed,
            StartedBackend.cpu(),
            List.of(),
            Optional.empty(),
            0,
            Optional.of(new TrainingGroups(GROUPS, 3, List.of(), balanced))));
  }

  private static int[] epoch(BatchOrder order, int epoch) {
    int[] filled = new int[IMAGES];
    order.fill(filled, epoch);
    return filled;
  }

  @Test
  void everyBatchHasAsManyOfEachGroup() {
    int[] order = epoch(order(true, 3), 1);
    for (int size : new int[] {3, 30, 128}) {
      for (int first = 0; first + size <= IMAGES; first += size) {
        int[] counts = new int[3];
        for (int place = first; place < first + size; place++) {
          counts[GROUPS[order[place]]]++;
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        int fewest = Arrays.stream(counts).min().orElseThrow();
        assertTrue(most - fewest <= (size % 3 == 0 && first % 3 == 0 ? 0 : 2));
      }
    }
  }

  @Test
  void anImageComesAsOftenAsTheOthersOfItsGroup() {
    int[] times = new int[IMAGES];
    for (int image : epoch(order(true, 3), 1)) {
      times[image]++;
    }
    for (int image = 0; image < IMAGES; image++) {
      // A third of 1,000 places: 333 or 334 for 700, 200 and 100 images.
      int least = new int[] {0, 1, 3}[GROUPS[image]];
      assertTrue(times[image] == least || times[image] == least + 1, "image " + image);
    }
  }

  @Test
  void anEpochDependsOnSeedAndNumberAlone() {
    BatchOrder order = order(true, 3);
    int[] first = epoch(order, 1);
    int[] second = epoch(order, 2);
    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(second, epoch(order(true, 3), 2));
    assertArrayEquals(first, epoch(order, 1));
    assertFalse(Arrays.equals(first, epoch(order(true, 4), 1)));
  }

  @Test
  void withoutBalanceItIsTheUsualOrder() {
    int[] usual = new int[IMAGES];
    EpochOrder.shuffle(usual, 3, 2);
    assertArrayEquals(usual, epoch(order(false, 3), 2));
    assertEquals(IMAGES, Arrays.stream(usual).distinct().count());
  }
}
