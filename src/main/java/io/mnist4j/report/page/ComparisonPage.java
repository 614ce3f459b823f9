package io.mnist4j.report.page;

import io.mnist4j.model.Build;
import io.mnist4j.report.plot.CurvesPlot;
import io.mnist4j.report.plot.Drawing;
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

/** The page of several runs, side by side. */
public final class ComparisonPage {
  /** Stands for a setting of a layer that a run does not have. */
  private static final String MISSING = "-";

  private ComparisonPage() {}

  /** The plots of the page. */
  public static List<Drawing> drawings(List<SavedRun> runs) {
    return List.of(CurvesPlot.losses(runs), CurvesPlot.accuracies(runs));
  }

  /**
   * Writes it.
   *
   * @param settings of each run, as paths to values
   */
  public static String html(List<SavedRun> runs, List<SortedMap<String, String>> settings) {
    PageWriter page = new PageWriter("%d runs - mnist4j".formatted(runs.size()));
    page.open("header").element("h1", "%d runs".formatted(runs.size()));
    page.element("p", "lead", best(runs));
    if (testSets(runs) > 1) {
      page.element(
          "p", "note", "These runs were tested on different data: their figures do not compare.");
    }
    page.close("header");
    page.open("section").element("h2", "Results");
    page.table("Tested at the end of each run", head("run", runs), results(runs));
    page.close("section");
    page.open("section").element("h2", "Learning curves").open("div", "pair");
    drawings(runs).forEach(page::drawing);
    page.close("div").close("section");
    page.open("section").element("h2", "Settings that differ");
    List<List<String>> differences = differences(settings);
    if (differences.isEmpty()) {
      page.element("p", "None: these runs are of one experiment.");
    } else {
      // All of them at once, and those that every run has before those of layers that some lack.
      page.open("div", "whole");
      page.table("All others are the same", head("setting", runs), differences);
      page.close("div");
    }
    page.close("section");
    return page.end("Written by mnist4j " + Build.current().mnist4j() + ".");
  }

  private static List<String> head(String first, List<SavedRun> runs) {
    List<String> head = new ArrayList<>(List.of(first));
    runs.forEach(run -> head.add(run.name()));
    return head;
  }

  private static String best(List<SavedRun> runs) {
    SavedRun best = null;
    for (SavedRun run : runs) {
      if (run.result().isPresent() && (best == null || accuracy(run) > accuracy(best))) {
        best = run;
      }
    }
    return best == null
        ? "None of them has come to its end."
        : "Best on its test images: %s with %s%s."
            .formatted(best.name(), NumberText.percent(accuracy(best), 2), notSurely(best, runs));
  }

  /** Whether chance alone may have put a run first. */
  private static String notSurely(SavedRun best, List<SavedRun> runs) {
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

  private static long testSets(List<SavedRun> runs) {
    return runs.stream()
        .flatMap(run -> run.result().stream())
        .map(result -> result.dataset() + " " + result.accuracy().trials())
        .distinct()
        .count();
  }

  private static List<List<String>> results(List<SavedRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row("test accuracy", runs, result -> NumberText.percent(result.accuracy().value(), 2)));
    rows.add(row("95 % interval", runs, result -> NumberText.interval(result.accuracy())));
    rows.add(row("test loss", runs, result -> NumberText.share(result.testLoss())));
    rows.add(row("data set", runs, SummaryFile::dataset));
    rows.add(row("test images", runs, result -> NumberText.count(result.accuracy().trials())));
    List<String> epochs = new ArrayList<>(List.of("epochs"));
    runs.forEach(run -> epochs.add(NumberText.count(run.epochs().size())));
    rows.add(epochs);
    rows.add(row("network of epoch", runs, result -> NumberText.count(result.bestEpoch())));
    rows.add(row("ending", runs, SummaryFile::ending));
    rows.add(row("training", runs, result -> NumberText.duration(result.trainSeconds())));
    rows.add(
        row("samples/s", runs, result -> NumberText.count(Math.round(result.samplesPerSecond()))));
    rows.add(row("threads", runs, result -> String.valueOf(result.threads())));
    rows.add(
        row(
            "peak memory",
            runs,
            result ->
                result.peakMemoryBytes() != null
                    ? NumberText.megabytes(result.peakMemoryBytes())
                    : "-"));
    rows.add(row("parameters", runs, result -> NumberText.count(result.parameters())));
    rows.add(row("seed", runs, result -> String.valueOf(result.seed())));
    return rows;
  }

  private static List<String> row(
      String name, List<SavedRun> runs, Function<SummaryFile, String> figure) {
    List<String> row = new ArrayList<>(List.of(name));
    runs.forEach(run -> row.add(run.result().map(figure).orElse("not finished")));
    return row;
  }

  /** A row for each setting that is not the same in all runs. */
  private static List<List<String>> differences(List<SortedMap<String, String>> settings) {
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
