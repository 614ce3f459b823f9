package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** All trials as a table, the best one first. */
final class Leaderboard {
  private Leaderboard() {}

  static String csv(Sweep sweep, TrialHistory history) {
    Objective objective = sweep.settings().objective();
    List<String> keys = sweep.space().parameters().stream().map(Parameter::key).toList();
    String value = objective.maximizes() ? "validation-accuracy" : "validation-loss";
    boolean repeats = sweep.settings().repeats() > 1;
    List<String> row = new ArrayList<>(List.of("rank", "trial", "state", value));
    row.addAll(repeats ? List.of("sd", "min", "max") : List.of());
    row.addAll(List.of("epochs", "seconds"));
    row.addAll(keys);
    row.add("reason");
    StringBuilder csv = new StringBuilder(Csv.row(row));
    int rank = 0;
    for (Trial trial : history.ranking(objective)) {
      rank++;
      row.clear();
      row.add(trial.state() == TrialState.COMPLETE ? String.valueOf(rank) : "");
      row.add(String.valueOf(trial.number()));
      row.add(trial.state().key());
      OptionalDouble result = trial.value(objective);
      row.add(result.isPresent() ? number(result.getAsDouble()) : "");
      if (repeats) {
        row.addAll(
            trial
                .spread(objective)
                .map(all -> List.of(number(all.sd()), number(all.min()), number(all.max())))
                .orElse(List.of("", "", "")));
      }
      row.add(String.valueOf(trial.epochs().size()));
      row.add(String.format(Locale.ROOT, "%.3f", trial.seconds()));
      for (String key : keys) {
        Object setting = trial.point().values().getOrDefault(key, "");
        row.add(setting instanceof String text ? text : Json.line(setting));
      }
      row.add(trial.reason());
      csv.append(Csv.row(row));
    }
    return csv.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
