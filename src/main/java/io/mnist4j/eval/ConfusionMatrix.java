package io.mnist4j.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How many images of each class were taken for which class. */
public final class ConfusionMatrix {
  private final int[][] counts;

  /**
   * One class taken for another.
   *
   * @param actual class of the images
   * @param said what the network said, another one
   * @param images how many, at least 1
   */
  public record Confusion(int actual, int said, int images) {}

  /**
   * @param counts {@code [classes, classes]}: row = actual class, column = said; taken without a
   *     copy
   */
  ConfusionMatrix(int[][] counts) {
    this.counts = counts;
  }

  /** The number of classes. */
  public int classes() {
    return counts.length;
  }

  /** Images of one class that were taken for another, or for what they are. */
  public int count(int actual, int said) {
    return counts[actual][said];
  }

  /** {@code [classes, classes]}: row = actual class, column = said. */
  public int[][] rows() {
    return Stream.of(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /** Images of a class. */
  public int support(int actual) {
    int sum = 0;
    for (int count : counts[actual]) {
      sum += count;
    }
    return sum;
  }

  /** Images that were taken for a class. */
  public int said(int said) {
    int sum = 0;
    for (int[] row : counts) {
      sum += row[said];
    }
    return sum;
  }

  /** All pairs of classes that were confused, the most frequent first. */
  public List<Confusion> confusions() {
    List<Confusion> all = new ArrayList<>();
    for (int actual = 0; actual < counts.length; actual++) {
      for (int said = 0; said < counts.length; said++) {
        if (said != actual && counts[actual][said] > 0) {
          all.add(new Confusion(actual, said, counts[actual][said]));
        }
      }
    }
    // Stable: equals stay in the order of the classes.
    all.sort(Comparator.comparingInt(Confusion::images).reversed());
    return all;
  }
}
