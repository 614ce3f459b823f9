package io.mnist4j.sweep;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.sweep.search.GridSampler;
import io.mnist4j.sweep.search.Observation;
import io.mnist4j.sweep.search.RandomSampler;
import io.mnist4j.sweep.search.Sampler;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * What a sweep would try.
 *
 * @param all the number of trials; empty where a time limit decides
 * @param points of the first trials; random ones for a search that learns, as its first ones are
 */
public record DryRun(Sweep sweep, Optional<Long> all, List<Point> points) {
  private static final int SHOWN_OF_GRID = 1000;
  private static final int SHOWN = 10;

  /**
   * Plans the sweep, and checks the values of the space.
   *
   * @throws ConfigException if a value makes no experiment
   */
  public static DryRun of(Sweep sweep) throws ConfigException {
    SpaceCheck.experiments(sweep);
    boolean grid = sweep.settings().method() instanceof GridSampler;
    Sampler sampler = grid ? sweep.settings().method() : new RandomSampler();
    int wanted = sweep.settings().trials();
    long trials = Math.min(wanted == 0 ? Long.MAX_VALUE : wanted, sampler.size(sweep.space()));
    long shown = Math.min(grid ? SHOWN_OF_GRID : SHOWN, trials);
    List<Point> points = new ArrayList<>();
    List<Observation> begun = new ArrayList<>();
    for (int trial = 0; trial < shown; trial++) {
      Point point =
          sampler.sample(sweep.space(), begun, sweep.settings().seed(), trial).orElseThrow();
      points.add(point);
      begun.add(new Observation(trial, point, TrialState.RUNNING, List.of()));
    }
    boolean endless = trials == Long.MAX_VALUE && !grid;
    return new DryRun(sweep, endless ? Optional.empty() : Optional.of(trials), points);
  }

  /** A line for each trial, and one that counts them. */
  public String toText() {
    ShortNames names = new ShortNames(sweep.space());
    StringBuilder text = new StringBuilder();
    for (int trial = 0; trial < points.size(); trial++) {
      text.append("Trial %d: %s\n".formatted(trial, names.text(points.get(trial))));
    }
    String most =
        all.map(
                trials ->
                    trials == points.size()
                        ? "%d trials".formatted(trials)
                        : "%d of %d trials".formatted(points.size(), trials))
            .orElse("%d of as many trials as the time allows".formatted(points.size()));
    return text.append(most).append("; the file is right, and nothing was run\n").toString();
  }

  /** The same as a document. */
  public String toJson() {
    record DryRunDocument(
        @JsonInclude(JsonInclude.Include.NON_NULL) Long trials,
        List<Map<String, Object>> settings) {}

    return Json.pretty(
        new DryRunDocument(all.orElse(null), points.stream().map(Point::values).toList()));
  }
}
