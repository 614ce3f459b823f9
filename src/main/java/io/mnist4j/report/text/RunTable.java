package io.mnist4j.report.text;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.eval.Proportion;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.SummaryFile;
import io.mnist4j.text.ClosestName;
import io.mnist4j.text.Csv;
import io.mnist4j.text.Json;
import io.mnist4j.text.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several runs as a table: name, results and settings of each. */
public record RunTable(List<RunRow> rows) {
  private static final Pattern CONDITION = Pattern.compile("([^=<>!]+)(<=|>=|!=|=|<|>)(.*)");

  /**
   * One run.
   *
   * @param results by their names; null where the run has none, and numbers as numbers
   * @param settings as paths to values
   * @param experiment the settings as they are nested
   */
  public record RunRow(
      Map<String, Object> results,
      SortedMap<String, String> settings,
      Map<String, Object> experiment) {

    /**
     * The row of a run.
     *
     * @throws ConfigException if its config.yaml cannot be read
     */
    public static RunRow of(SavedRun run) throws ConfigException {
      Experiment experiment = ExperimentFile.read(List.of(run.folder().config()), List.of());
      SummaryFile summary = run.result().orElse(null);
      Proportion accuracy = summary == null ? null : summary.accuracy();
      Map<String, Object> results = new LinkedHashMap<>();
      results.put("run", run.name());
      results.put("folder", run.folder().path().toString());
      results.put("dataset", summary == null ? experiment.data().dataset() : summary.dataset());
      results.put("test-images", summary == null ? null : summary.images());
      results.put("test-accuracy", summary == null ? null : summary.testAccuracy());
      results.put("test-accuracy-low", accuracy == null ? null : rounded(accuracy.low()));
      results.put("test-accuracy-high", accuracy == null ? null : rounded(accuracy.high()));
      results.put("test-loss", summary == null ? null : summary.testLoss());
      results.put("epochs", run.epochs().size());
      results.put("best-epoch", summary == null ? null : summary.bestEpoch());
      results.put("ending", summary == null ? "not finished" : summary.ending());
      results.put("validated-on", summary == null ? null : summary.validatedOn());
      results.put("train-seconds", summary == null ? null : summary.trainSeconds());
      results.put("parameters", summary == null ? null : summary.parameters());
      results.put("finished", summary == null ? null : summary.finished());
      return new RunRow(
          results, ExperimentFile.toSettings(experiment), ExperimentFile.toMap(experiment));
    }

    private static double rounded(double share) {
      return Math.round(share * 1e6) / 1e6;
    }

    /** A result or a setting; null where the run has none. */
    Object value(String column) {
      return results.containsKey(column) ? results.get(column) : settings.get(column);
    }
  }

  public RunTable {
    rows = List.copyOf(rows);
  }

  /** The names of the results, then those of all settings that a run has. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (!rows.isEmpty()) {
      columns.addAll(rows.get(0).results().keySet());
      TreeSet<String> settings = new TreeSet<>();
      rows.forEach(row -> settings.addAll(row.settings().keySet()));
      columns.addAll(settings);
    }
    return columns;
  }

  /** A line of column names, then a line for each run; what a run lacks is empty. */
  public String csv() {
    List<String> columns = columns();
    StringBuilder csv = new StringBuilder(Csv.row(columns));
    for (RunRow row : rows) {
      csv.append(
          Csv.row(
              columns.stream()
                  .map(row::value)
                  .map(value -> value == null ? "" : value.toString())
                  .toList()));
    }
    return csv.toString();
  }

  /** An array with an object for each run: its results, and under {@code settings} these. */
  public String json() {
    return Json.pretty(
        rows.stream()
            .map(
                row -> {
                  Map<String, Object> object = new LinkedHashMap<>(row.results());
                  object.put("settings", row.experiment());
                  return object;
                })
            .toList());
  }

  /**
   * The runs that meet all conditions, sorted.
   *
   * @throws IllegalArgumentException as {@link #where} and {@link #sorted}
   */
  public RunTable select(List<String> conditions, String column, boolean reverse) {
    RunTable selected = this;
    for (String condition : conditions) {
      selected = selected.where(condition);
    }
    return selected.sorted(column, reverse);
  }

  /**
   * The same in another order: numbers as numbers, names as people sort them, what is missing last.
   *
   * @param column a result or a setting
   * @throws IllegalArgumentException if no run has it
   */
  public RunTable sorted(String column, boolean reverse) {
    requireKnown(column);
    Comparator<Object> order = RunTable::compare;
    List<RunRow> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparing(
            (RunRow row) -> row.value(column),
            Comparator.nullsLast(reverse ? order.reversed() : order)));
    return new RunTable(sorted);
  }

  /**
   * The runs that meet a condition, such as {@code training.epochs>5}. A run without the value
   * meets none but {@code !=}.
   *
   * @throws IllegalArgumentException if it is no condition, or no run has the column
   */
  public RunTable where(String condition) {
    Matcher parts = CONDITION.matcher(condition);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no condition, such as dataset=mnist or test-accuracy>0.98".formatted(condition));
    }
    String column = parts.group(1).strip();
    requireKnown(column);
    String wanted = parts.group(3).strip();
    return new RunTable(
        rows.stream().filter(row -> meets(row.value(column), parts.group(2), wanted)).toList());
  }

  private static boolean meets(Object value, String relation, String wanted) {
    if (value == null) {
      return relation.equals("!=");
    }
    int order = compare(value, wanted);
    return switch (relation) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  private void requireKnown(String column) {
    List<String> columns = columns();
    if (!rows.isEmpty() && !columns.contains(column)) {
      throw new IllegalArgumentException(
          "no run has '%s'%s".formatted(column, ClosestName.question(column, columns)));
    }
  }

  private static int compare(Object a, Object b) {
    Double first = number(a);
    Double second = number(b);
    return first != null && second != null
        ? first.compareTo(second)
        : NaturalOrder.INSTANCE.compare(a.toString(), b.toString());
  }

  private static Double number(Object value) {
    try {
      return Double.valueOf(value.toString());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A table for a terminal; settings are shown where they are not those of most runs. */
  public String text() {
    Map<String, String> usual = usual();
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("RUN", "DATA SET", "ACCURACY", "95 %", "EPOCHS", "TRAINING", "DIFFERS IN"));
    for (RunRow row : rows) {
      Object accuracy = row.value("test-accuracy");
      lines.add(
          List.of(
              row.value("run").toString(),
              row.value("dataset").toString(),
              accuracy == null ? "-" : NumberText.format("%.4f", accuracy),
              accuracy == null
                  ? row.value("ending").toString()
                  : NumberText.format(
                      "%.4f-%.4f", row.value("test-accuracy-low"), row.value("test-accuracy-high")),
              row.value("epochs").toString(),
              accuracy == null ? "-" : NumberText.duration((double) row.value("train-seconds")),
              String.join(
                  " ",
                  row.settings().entrySet().stream()
                      .filter(setting -> !isAside(setting.getKey()))
                      .filter(setting -> !setting.getValue().equals(usual.get(setting.getKey())))
                      .map(setting -> setting.getKey() + "=" + setting.getValue())
                      .toList())));
    }
    StringBuilder text = new StringBuilder();
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        padded.append(line.get(i)).append(" ".repeat(widths[i] + 2 - line.get(i).length()));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Whether a setting has a column of its own, or tells no more than another one. */
  private static boolean isAside(String key) {
    return key.equals("data.dataset") || key.startsWith("training.raised.");
  }

  /** The value of each setting that most runs have; of equals, that of the earlier run. */
  private Map<String, String> usual() {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (RunRow row : rows) {
      row.settings()
          .forEach(
              (key, value) ->
                  counts
                      .computeIfAbsent(key, any -> new LinkedHashMap<>())
                      .merge(value, 1, Integer::sum));
    }
    Map<String, String> usual = new LinkedHashMap<>();
    counts.forEach(
        (key, values) ->
            usual.put(
                key,
                values.entrySet().stream()
                    .reduce((first, next) -> next.getValue() > first.getValue() ? next : first)
                    .orElseThrow()
                    .getKey()));
    return usual;
  }
}
