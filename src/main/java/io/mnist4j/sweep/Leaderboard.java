package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import io.mnist4j.train.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** All trials as a table, the best one first. */
final class Leaderboard {
  private Leaderboard() {}

  static String csv(Sweep sweep, TrialHistory history) {
    Objective objective = sweep.settings().objective();
    List<String> header =
        new ArrayList<>(
            List.of(
                "rank",
                "trial",
                "state",
                objective.maximizes() ? "validationAccuracy" : "validationLoss",
                "epochs",
                "seconds"));
    sweep.space().parameters().stream().map(Parameter::key).forEach(header::add);
    header.add("reason");
    StringBuilder csv = new StringBuilder(Csv.row(header));
    int rank = 0;
    for (Trial trial : history.ranking(objective)) {
      rank++;
      List<String> cells = new ArrayList<>();
      cells.add(trial.state() == Trial.TrialState.COMPLETE ? String.valueOf(rank) : "");
      cells.add(String.valueOf(trial.number()));
      cells.add(trial.state().name().toLowerCase(Locale.ROOT));
      OptionalDouble value = trial.value(objective);
      cells.add(value.isPresent() ? String.format(Locale.ROOT, "%.6f", value.getAsDouble()) : "");
      cells.add(String.valueOf(trial.epochs().size()));
      double seconds = trial.epochs().stream().mapToDouble(EpochMetrics::seconds).sum();
      cells.add(String.format(Locale.ROOT, "%.3f", seconds));
      for (Parameter parameter : sweep.space().parameters()) {
        Object setting = trial.point().values().get(parameter.key());
        cells.add(
            setting == null ? "" : setting instanceof String text ? text : Json.line(setting));
      }
      cells.add(trial.reason());
      csv.append(Csv.row(cells));
    }
    return csv.toString();
  }
}
