package io.mnist4j.sweep.search;

import io.mnist4j.sweep.space.Point;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says which point to try next. In a file it is called by its simple name without the last word:
 * {@code tpe}.
 */
public sealed interface Sampler permits GridSampler, RandomSampler, TpeSampler {
  /** What a file calls it, such as {@code tpe}. */
  default String key() {
    return getClass().getSimpleName().replace("Sampler", "").toLowerCase(Locale.ROOT);
  }

  /** How many points it has, from 1; {@link Long#MAX_VALUE} for no end, or even more. */
  default long size(SearchSpace space) {
    return PointGrid.all(space).map(PointGrid::size).orElse(Long.MAX_VALUE);
  }

  /**
   * The point of a trial: the same for the same arguments, always.
   *
   * @param history what is known so far, in any order, running trials with it; of this space
   * @param seed of the whole search
   * @param trial the number of the trial that wants a point, from 0
   * @return empty if there is nothing left to try
   */
  Optional<Point> sample(SearchSpace space, List<Observation> history, long seed, int trial);
}
