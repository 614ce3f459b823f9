package io.mnist4j.sweep.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Each parameter by chance, evenly over its domain; the history plays no part. */
public record RandomSampler() implements Sampler {
  @Override
  public Optional<Point> sample(
      SearchSpace space, List<Observation> history, long seed, int trial) {
    SplittableRandom random = randomness(seed, trial);
    Map<String, Object> point = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      // Drawn whether active or not, so that the other parameters' values do not hang on it.
      double unit = random.nextDouble();
      if (SearchSpace.active(parameter, point)) {
        point.put(parameter.key(), parameter.domain().at(unit));
      }
    }
    return Optional.of(new Point(point));
  }

  /** Of its own for each seed and trial. */
  static SplittableRandom randomness(long seed, int trial) {
    // The generator's own states are an even step apart: seeds that follow each other must not.
    long mixed = new SplittableRandom(seed).nextLong() + trial;
    return new SplittableRandom(new SplittableRandom(mixed).nextLong());
  }
}
