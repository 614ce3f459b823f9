package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.text.Json;
import io.mnist4j.train.EpochMetrics;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What a sweep has come to.
 *
 * @param sweep that was carried out
 * @param directory with its files
 * @param trials all that happened
 */
public record SweepSummary(Sweep sweep, SweepDirectory directory, TrialHistory trials) {

  /** The best trial, where one came to its end. */
  public Optional<Trial> best() {
    return trials.best(sweep.settings().objective());
  }

  /** Trials that do not run again, however the sweep goes on. */
  public long ended() {
    return trials.all().size() - trials.count(Trial.TrialState.RUNNING);
  }

  /** The document of {@code sweep --format json}. */
  public String toJson() {
    ObjectNode root = Json.object();
    root.put("sweep", directory.path().toString());
    root.put("trials", trials.all().size());
    for (Trial.TrialState state : Trial.TrialState.values()) {
      root.put(state.name().toLowerCase(Locale.ROOT), trials.count(state));
    }
    root.put("epochs", trials.all().stream().mapToLong(trial -> trial.epochs().size()).sum());
    root.put("seconds", trials.elapsed());
    Objective objective = sweep.settings().objective();
    best()
        .ifPresent(
            trial -> {
              ObjectNode best = root.putObject("best");
              best.put("trial", trial.number());
              EpochMetrics epoch = trial.epochs().get(trial.bestEpoch() - 1);
              best.put("validationAccuracy", epoch.validationAccuracy());
              best.put("validationLoss", epoch.validationLoss());
              best.put("epochs", trial.bestEpoch());
              best.set("settings", Json.tree(trial.point().values()));
              best.put("experiment", directory.best().toString());
            });
    root.put("objective", objective.label());
    trials
        .finish()
        .ifPresent(
            result -> {
              root.put("dataset", result.dataset());
              root.put("images", result.images());
              root.put("testAccuracy", result.testAccuracy());
              root.put("testLoss", result.testLoss());
              root.put("trainSeconds", result.seconds());
              root.put("model", directory.model().toString());
            });
    return Json.pretty(root);
  }
}
