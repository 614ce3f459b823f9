package io.mnist4j.sweep.search;

import java.util.List;
import java.util.Map;

/** Which parameters made the difference. */
public final class Importance {
  private Importance() {}

  /**
   * The part of the differences between the trials' ranks that each parameter explains by itself;
   * the rest is in what parameters do together.
   *
   * @return a number from 0 to 1 for each key of the space, the greatest first; empty where fewer
   *     than four trials have ended, or all with the same result
   */
  public static Map<String, Double> of(SearchSpace space, List<Observation> history) {
    return Map.of();
  }
}
