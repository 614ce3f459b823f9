package io.mnist4j.report.page;

import io.mnist4j.report.plot.CurvesPlot;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.SummaryFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the page of several runs shows, side by side; the template {@code comparison.jte} says how.
 *
 * @param settings of each run, as paths to values
 */
public record ComparisonPage(List<SavedRun> runs, List<SortedMap<String, String>> settings) {
  /** Stands for a setting of a layer that a run does not have. */
  private static final String MISSING = "-";

  public ComparisonPage {
    runs = List.copyOf(runs);
    settings = List.copyOf(settings);
  }

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("comparison.jte", this);
  }

  /** The plots of the page. */
  public List<Drawing> drawings() {
    return List.of(CurvesPlot.losses(runs), CurvesPlot.accuracies(runs));
  }

  /** What is compared. */
  public String title() {
    return "%d runs".formatted(runs.size());
  }

  /** The head of a table with a column for each run. */
  public List<String> head(String first) {
    List<String> head = new ArrayList<>(List.of(first));
    runs.forEach(run -> head.add(run.name()));
    return head;
  }

  /** Which run is the best, and whether that is sure. */
  public String lead() {
    SavedRun best = null;
    for (SavedRun run : runs) {
      if (run.result().isPresent() && (best == null || accuracy(run) > accuracy(best))) {
        best = run;
      }
    }
    return best == null
        ? "None of them is finished."
        : "Best on its test images: %s with %s%s."
            .formatted(best.name(), NumberText.percent(accuracy(best), 2), notSurely(best));
  }

  /** Whether chance alone may have put a run first. */
  private String notSurely(SavedRun best) {
    double low = best.result().orElseThrow().accuracy().low();
    String close =
        runs.stream()
            .filter(run -> !run.equals(best) && run.result().isPresent())
            .filter(run -> run.result().get().accuracy().high() >= low)
            .map(SavedRun::name)
            .collect(Collectors.joining(", "));
    return close.isEmpty() ? "" : "; its 95 % interval overlaps that of " + close;
  }

  private static double accuracy(SavedRun run) {
    return run.result().orElseThrow().accuracy().value();
  }

  /** How many different sets of test images there were. */
  public long testSets() {
    return runs.stream()
        .flatMap(run -> run.result().stream())
        .map(result -> result.dataset() + " " + result.accuracy().trials())
        .distinct()
        .count();
  }

  /** A row of a table: a figure of each run. */
  public List<String> row(String name, Function<SummaryFile, String> figure) {
    List<String> row = new ArrayList<>(List.of(name));
    runs.forEach(run -> row.add(run.result().map(figure).orElse("not finished")));
    return row;
  }

  /** The number of epochs of each run, ended or not. */
  public List<String> epochs() {
    List<String> row = new ArrayList<>(List.of("epochs"));
    runs.forEach(run -> row.add(NumberText.count(run.epochs().size())));
    return row;
  }

  /**
   * A row for each setting that is not the same in all runs; those that every run has come before
   * those of layers that some lack.
   */
  public List<List<String>> differences() {
    TreeSet<String> keys = new TreeSet<>();
    settings.forEach(ofRun -> keys.addAll(ofRun.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> values =
          settings.stream()
              .map((Map<String, String> ofRun) -> ofRun.getOrDefault(key, MISSING))
              .toList();
      if (values.stream().distinct().count() > 1) {
        List<String> row = new ArrayList<>(List.of(key));
        row.addAll(values);
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparing((List<String> row) -> row.contains(MISSING)));
    return rows;
  }
}
