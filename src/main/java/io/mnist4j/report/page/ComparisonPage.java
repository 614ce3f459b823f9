package io.mnist4j.report.page;

import io.mnist4j.report.plot.CurvesPlot;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.SummaryFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

  /** Which run is the best on each set of test images, and whether that is sure. */
  public String lead() {
    Map<String, List<SavedRun>> byTestSet = byTestSet();
    if (byTestSet.isEmpty()) {
      return "None of them is finished.";
    }
    if (byTestSet.size() == 1) {
      return best("its test images", byTestSet.values().iterator().next());
    }
    String bests =
        byTestSet.values().stream()
            .filter(tested -> tested.size() > 1)
            .map(tested -> best(tested.get(0).result().orElseThrow().dataset(), tested))
            .collect(Collectors.joining(" "));
    return bests.isEmpty() ? "No two of them were tested on the same data." : bests;
  }

  private static String best(String where, List<SavedRun> tested) {
    SavedRun best =
        tested.stream()
            .reduce((first, next) -> accuracy(next) > accuracy(first) ? next : first)
            .orElseThrow();
    return "Best on %s: %s with %s%s."
        .formatted(
            where, best.name(), NumberText.percent(accuracy(best), 2), notSurely(best, tested));
  }

  /** Whether chance alone may have put a run first. */
  private static String notSurely(SavedRun best, List<SavedRun> tested) {
    double low = best.result().orElseThrow().accuracy().low();
    String close =
        tested.stream()
            .filter(run -> !run.equals(best))
            .filter(run -> run.result().orElseThrow().accuracy().high() >= low)
            .map(SavedRun::name)
            .collect(Collectors.joining(", "));
    return close.isEmpty() ? "" : "; its 95 % interval overlaps that of " + close;
  }

  /** The runs that are finished, by what they were tested on. */
  private Map<String, List<SavedRun>> byTestSet() {
    return runs.stream()
        .filter(run -> run.result().isPresent())
        .collect(
            Collectors.groupingBy(
                run -> {
                  SummaryFile result = run.result().orElseThrow();
                  return result.dataset() + " " + result.accuracy().trials();
                },
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static double accuracy(SavedRun run) {
    return run.result().orElseThrow().accuracy().value();
  }

  /** How many different sets of test images there were. */
  public long testSets() {
    return byTestSet().size();
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
