package io.mnist4j.federated.clients;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What the ways to deal images out have in common. */
public final class Dealing {
  private Dealing() {}

  /**
   * Refuses more parts than there are images.
   *
   * @param key that asks for them
   */
  static void requireEnough(String key, long parts, ImageSet images) throws ConfigException {
    if (parts > images.size()) {
      throw new ConfigException(
          "%s asks for %,d parts with an image or more each, and there are %,d training images"
              .formatted(key, parts, images.size()));
    }
  }

  /** All indices below a count, in random order. */
  public static int[] shuffled(int count, RoundRandom random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
    return order;
  }

  /** The stretches of an order, whose lengths differ by one at most. */
  static int[][] equalParts(int[] order, int count) {
    int[][] parts = new int[count][];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) order.length * i / count);
      int to = (int) ((long) order.length * (i + 1) / count);
      parts[i] = Arrays.copyOfRange(order, from, to);
    }
    return parts;
  }
}
