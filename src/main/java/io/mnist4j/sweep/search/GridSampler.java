package io.mnist4j.sweep.search;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every combination of values, in the order of nested loops, the last parameter fastest. Of a range
 * it takes evenly spaced values with both ends; of a list, every value. The history and the seed
 * play no part.
 *
 * @param steps values of each range, 1 to 1,000; a range of fewer whole numbers has them all, and 1
 *     is its middle
 */
public record GridSampler(
    @Key(value = "values that are taken of each range", min = 1, max = 1000) int steps)
    implements Sampler {
  /** Five values of each range. */
  public static final GridSampler DEFAULT = new GridSampler(5);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public GridSampler {
    ConfigKey.requireInRange(GridSampler.class, steps);
  }

  @Override
  public long size(SearchSpace space) {
    return grid(space).size();
  }

  private PointGrid grid(SearchSpace space) {
    return new PointGrid(space, domain -> values(domain, steps));
  }

  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    PointGrid grid = grid(space);
    return trial < grid.size() ? Optional.of(grid.at(trial)) : Optional.empty();
  }

  static List<Object> values(Domain domain, int steps) {
    if (domain instanceof Choice choice) {
      return choice.values();
    }
    if (domain instanceof IntDomain whole && (long) whole.high() - whole.low() < steps) {
      return IntStream.rangeClosed(whole.low(), whole.high()).<Object>mapToObj(i -> i).toList();
    }
    return IntStream.range(0, steps)
        .mapToObj(i -> domain.at(steps == 1 ? 0.5 : (double) i / (steps - 1)))
        .distinct()
        .toList();
  }
}
