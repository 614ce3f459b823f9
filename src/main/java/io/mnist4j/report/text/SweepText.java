package io.mnist4j.report.text;

import io.mnist4j.data.DataSplit;
import io.mnist4j.sweep.FinalTraining;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.search.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A sweep and its trials as plain text. */
public final class SweepText {
  private static final int MOST_NAMED = 6;

  private SweepText() {}

  /** What a sweep is about to do, in a line. */
  public static String of(SweepFolder folder, DataSplit images, int parallel) {
    SweepSettings settings = folder.sweep().settings();
    long done = folder.summary().ended();
    return NumberText.format(
        "Sweep %s on %s: %,d images to learn from, %,d to judge by; %s%s%d at once%s",
        folder.directory().path(),
        images.dataset().name(),
        images.train().size(),
        images.validation().size(),
        settings.trials() > 0 ? settings.trials() + " trials, " : "",
        settings.timeLimit().isEmpty() ? "" : "at most " + settings.timeLimit() + ", ",
        parallel,
        done > 0 ? NumberText.format("; %d are done", done) : "");
  }

  /** What the last training of a sweep is about to do, in a line. */
  public static String of(FinalTraining finalTraining, Trial best) {
    return NumberText.format(
        "Training with the settings of trial %d on all %,d images",
        best.number(), finalTraining.images().train().size());
  }

  /** {@code 40 trials: 12 complete, 27 pruned, 1 failed}. */
  public static String counts(SweepSummary summary) {
    List<String> counts = new ArrayList<>();
    for (TrialState state : TrialState.values()) {
      long count = summary.trials().count(state);
      if (count > 0) {
        counts.add(count + " " + state.key());
      }
    }
    int all = summary.trials().all().size();
    return "%d trial%s%s"
        .formatted(
            all, all == 1 ? "" : "s", counts.isEmpty() ? "" : ": " + String.join(", ", counts));
  }

  /** Which trials may be as good as the best one, in a sentence; empty where that is not known. */
  public static Optional<String> tied(SweepSummary summary) {
    List<Trial> tied = summary.tied();
    if (tied.size() < 2) {
      return Optional.empty();
    }
    Trial best = tied.get(0);
    String others =
        tied.size() > MOST_NAMED
            ? ""
            : " (trials %s)"
                .formatted(
                    tied.stream()
                        .map(trial -> String.valueOf(trial.number()))
                        .collect(Collectors.joining(", ")));
    return Optional.of(
        NumberText.format(
            "The first %d%s cannot be told apart by chance: %,d images judged them",
            tied.size(), others, best.epochs().get(best.bestEpoch() - 1).validationImages()));
  }

  private static String seeds(Trial trial) {
    return " of %d seeds".formatted(trial.results().size());
  }

  /** A trial that is over, in a line. */
  public static String of(Trial trial, Objective objective, ShortNames names, boolean best) {
    String epochs =
        NumberText.format(
            "%d epoch%s", trial.epochs().size(), trial.epochs().size() == 1 ? "" : "s");
    String result =
        trial.value(objective).isPresent()
            ? NumberText.format("%.4f after %s", trial.value(objective).getAsDouble(), epochs)
            : "no result";
    String state =
        switch (trial.state()) {
          case RUNNING, COMPLETE -> best ? ", best so far" : "";
          case PRUNED -> ", pruned";
          case DIVERGED, INVALID, FAILED ->
              ", %s (%s)".formatted(trial.state().key(), trial.reason());
        };
    return "Trial %d: %s%s; %s".formatted(trial.number(), result, state, names.text(trial.point()));
  }

  /**
   * The result of a sweep: its trials, the best of them, and its test; each line ends in a break.
   */
  public static String of(SweepSummary summary) {
    StringBuilder text = new StringBuilder();
    Objective objective = summary.sweep().settings().objective();
    ShortNames names = new ShortNames(summary.sweep().space());
    text.append(
        NumberText.format(
            "%s in %s\n", counts(summary), NumberText.wholeSeconds(summary.trials().elapsed())));
    summary
        .best()
        .ifPresent(
            best ->
                text.append(
                    NumberText.format(
                        "Best: trial %d, %s %s; %s\n",
                        best.number(),
                        objective.label(),
                        best.spread(objective)
                            .map(all -> NumberText.spread(all) + seeds(best))
                            .orElse(NumberText.format("%.4f", best.value(objective).orElseThrow())),
                        names.text(best.point()))));
    tied(summary).ifPresent(line -> text.append(line).append('\n'));
    summary
        .trials()
        .finish()
        .ifPresent(
            result ->
                text.append(
                    NumberText.format(
                        "%s; %s)\n",
                        NumberText.testAccuracy(
                            result.testAccuracy(), result.images(), result.dataset()),
                        summary.directory().model())));
    return text.toString();
  }
}
