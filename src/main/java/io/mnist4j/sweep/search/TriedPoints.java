package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The points of other trials. To try one again would give the result that it had. */
final class TriedPoints {
  private static final int DRAWS = 100;

  private final SearchSpace space;
  private final Set<Point> points;

  TriedPoints(SearchSpace space, List<Observation> history) {
    this.space = space;
    this.points = history.stream().map(Observation::point).collect(Collectors.toSet());
  }

  boolean contains(Point point) {
    return points.contains(point);
  }

  /** The first of the draws that is not among these points; empty if the space has no other. */
  Optional<Point> untried(Supplier<Point> draws, SplittableRandom random) {
    Point point = draws.get();
    for (int i = 1; i < DRAWS && contains(point); i++) {
      point = draws.get();
    }
    if (!contains(point)) {
      return Optional.of(point);
    }
    Optional<PointGrid> all = PointGrid.all(space);
    if (all.isEmpty()) {
      return Optional.of(point);
    }
    List<Point> left =
        LongStream.range(0, all.get().size())
            .mapToObj(all.get()::at)
            .filter(each -> !contains(each))
            .toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(left.get(random.nextInt(left.size())));
  }
}
