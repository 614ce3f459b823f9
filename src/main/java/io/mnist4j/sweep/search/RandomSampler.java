package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Coordinates;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Random points, uniform over the space, each once. */
public record RandomSampler() implements Sampler {
  /** After so many draws the points that are left are listed. */
  private static final int DRAWS = 100;

  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    return untried(space, tried(history, trial), randomness(seed, trial));
  }

  /** The points of the other trials: to try one again would give the result that it had. */
  static Set<Point> tried(List<Observation> history, int trial) {
    return history.stream()
        .filter(each -> each.trial() != trial)
        .map(Observation::point)
        .collect(Collectors.toSet());
  }

  /** A random point that is not tried yet; empty if the space has no other. */
  static Optional<Point> untried(SearchSpace space, Set<Point> tried, SplittableRandom random) {
    Coordinates coordinates = new Coordinates(space);
    Point point = coordinates.point(coordinates.anywhere(random));
    for (int i = 1; i < DRAWS && tried.contains(point); i++) {
      point = coordinates.point(coordinates.anywhere(random));
    }
    if (!tried.contains(point)) {
      return Optional.of(point);
    }
    Optional<PointGrid> all = PointGrid.all(space);
    if (all.isEmpty()) {
      return Optional.of(point);
    }
    List<Point> left =
        LongStream.range(0, all.get().size())
            .mapToObj(all.get()::at)
            .filter(each -> !tried.contains(each))
            .toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(left.get(random.nextInt(left.size())));
  }

  /** A generator for each seed and trial. */
  static SplittableRandom randomness(long seed, int trial) {
    // Close seeds can be steps of one sequence, so they are scattered first.
    long scattered = new SplittableRandom(seed).nextLong() + trial;
    return new SplittableRandom(new SplittableRandom(scattered).nextLong());
  }
}
