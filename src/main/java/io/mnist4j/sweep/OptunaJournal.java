package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.text.Json;
import io.mnist4j.train.EpochMetrics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A sweep as Optuna's JournalStorage keeps a study in a file: a JSON object on each line, which
 * says what was done. Optuna's tools read it, such as optuna-dashboard. Optuna's documentation does
 * not describe the form; the numbers below are those of its versions 3 to 5.
 */
final class OptunaJournal {
  private static final String WORKER = "mnist4j";

  private final Sweep sweep;
  private final Instant begin;
  private final StringBuilder lines = new StringBuilder();

  /** What a line says, by its number. */
  private enum Operation {
    CREATE_STUDY(0),
    CREATE_TRIAL(4),
    SET_PARAMETER(5),
    SET_STATE(6),
    SET_INTERMEDIATE_VALUE(7),
    SET_USER_ATTRIBUTE(8);

    private final int code;

    Operation(int code) {
      this.code = code;
    }
  }

  private OptunaJournal(Sweep sweep, Instant begin) {
    this.sweep = sweep;
    this.begin = begin;
  }

  /**
   * The lines.
   *
   * @param begin of the sweep, if it ran without a break
   */
  static String of(SweepSummary summary, Instant begin) {
    OptunaJournal journal = new OptunaJournal(summary.sweep(), begin);
    Objective objective = summary.sweep().settings().objective();
    Map<String, Object> study = line(Operation.CREATE_STUDY);
    study.put("study_name", String.valueOf(summary.directory().path().getFileName()));
    study.put("directions", List.of(objective.maximizes() ? 2 : 1));
    journal.add(study);
    int number = 0;
    for (Trial trial : summary.trials().all()) {
      journal.add(trial, number, objective);
      number++;
    }
    return journal.lines.toString();
  }

  private void add(Trial trial, int id, Objective objective) {
    Map<String, Object> create = line(Operation.CREATE_TRIAL);
    create.put("study_id", 0);
    create.put("datetime_start", at(trial.started()));
    add(create);
    for (Parameter parameter : sweep.space().parameters()) {
      Object value = trial.point().values().get(parameter.key());
      if (value != null) {
        add(parameter(parameter, value, id));
      }
    }
    for (EpochMetrics epoch : trial.epochs()) {
      double value = objective.of(epoch);
      if (Double.isFinite(value)) {
        Map<String, Object> report = of(Operation.SET_INTERMEDIATE_VALUE, id);
        report.put("step", epoch.epoch());
        report.put("intermediate_value", value);
        add(report);
      }
    }
    if (!trial.reason().isEmpty()) {
      Map<String, Object> reason = of(Operation.SET_USER_ATTRIBUTE, id);
      reason.put("user_attr", Map.of(trial.state().key(), trial.reason()));
      add(reason);
    }
    if (trial.state() != TrialState.RUNNING) {
      add(end(trial, id, objective));
    }
  }

  private static Map<String, Object> parameter(Parameter parameter, Object value, int id) {
    Map<String, Object> set = of(Operation.SET_PARAMETER, id);
    set.put("param_name", parameter.key());
    set.put(
        "param_value_internal",
        parameter.domain() instanceof Choice choice
            ? (Object) choice.indexOf(value)
            : (Object) ((Number) value).doubleValue());
    set.put("distribution", Json.line(distribution(parameter.domain())));
    return set;
  }

  private static Map<String, Object> distribution(Domain domain) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (domain instanceof Choice choice) {
      // Optuna's choices are single values.
      attributes.put(
          "choices",
          choice.values().stream()
              .map(each -> each instanceof List || each instanceof Map ? Json.line(each) : each)
              .toList());
      return named("CategoricalDistribution", attributes);
    }
    if (domain instanceof IntDomain range) {
      attributes.put("low", range.low());
      attributes.put("high", range.high());
      attributes.put("log", range.log());
      attributes.put("step", 1);
      return named("IntDistribution", attributes);
    }
    FloatDomain range = (FloatDomain) domain;
    attributes.put("low", range.low());
    attributes.put("high", range.high());
    attributes.put("log", range.log());
    attributes.put("step", null);
    return named("FloatDistribution", attributes);
  }

  private static Map<String, Object> named(String name, Map<String, Object> attributes) {
    Map<String, Object> distribution = new LinkedHashMap<>();
    distribution.put("name", name);
    distribution.put("attributes", attributes);
    return distribution;
  }

  private Map<String, Object> end(Trial trial, int id, Objective objective) {
    int state =
        switch (trial.state()) {
          case RUNNING -> 0;
          case COMPLETE -> 1;
          case PRUNED -> 2;
          case DIVERGED, INVALID, FAILED -> 3;
        };
    OptionalDouble value = state == 3 ? OptionalDouble.empty() : trial.value(objective);
    boolean known = value.isPresent() && Double.isFinite(value.getAsDouble());
    Map<String, Object> end = of(Operation.SET_STATE, id);
    // A complete trial of Optuna's has a value.
    end.put("state", state == 1 && !known ? 3 : state);
    end.put("values", known ? List.of(value.getAsDouble()) : null);
    end.put("datetime_complete", at(trial.ended()));
    return end;
  }

  private String at(double seconds) {
    return begin.plusMillis(Math.round(seconds * 1e3)).toString().replace("Z", "+00:00");
  }

  private static Map<String, Object> of(Operation operation, int trial) {
    Map<String, Object> line = line(operation);
    line.put("trial_id", trial);
    return line;
  }

  private static Map<String, Object> line(Operation operation) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("op_code", operation.code);
    line.put("worker_id", WORKER);
    return line;
  }

  private void add(Map<String, Object> line) {
    lines.append(Json.line(line)).append('\n');
  }
}
