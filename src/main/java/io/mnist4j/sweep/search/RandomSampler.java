package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Coordinates;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Random points, uniform over the space, each once. */
public record RandomSampler() implements Sampler {
  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    Coordinates coordinates = new Coordinates(space);
    SplittableRandom random = randomness(seed, trial);
    List<Observation> others = history.stream().filter(each -> each.trial() != trial).toList();
    return new TriedPoints(space, others)
        .untried(() -> coordinates.point(coordinates.anywhere(random)), random);
  }

  /** A generator for each seed and trial. */
  static SplittableRandom randomness(long seed, int trial) {
    // Close seeds can be steps of one sequence, so they are scattered first.
    long scattered = new SplittableRandom(seed).nextLong() + trial;
    return new SplittableRandom(new SplittableRandom(scattered).nextLong());
  }
}
