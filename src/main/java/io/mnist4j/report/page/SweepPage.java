package io.mnist4j.report.page;

import io.mnist4j.eval.Proportion;
import io.mnist4j.files.FileProblem;
import io.mnist4j.model.Build;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.SweepPlots;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.FinalResult;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.space.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The page of a sweep. */
public final class SweepPage {
  private static final int SHOWN = 50;

  private final SweepSummary summary;
  private final Objective objective;
  private final ShortNames names;
  private final SweepPlots plots;
  private final PageWriter page;

  private SweepPage(SweepSummary summary) {
    this.summary = summary;
    objective = summary.sweep().settings().objective();
    names = new ShortNames(summary.sweep().space());
    plots = new SweepPlots(summary);
    page = new PageWriter(name(summary) + " - mnist4j");
  }

  public static String html(SweepSummary summary) {
    return new SweepPage(summary).html();
  }

  /** The plots of the page. */
  public static List<Drawing> drawings(SweepSummary summary) {
    SweepPlots plots = new SweepPlots(summary);
    if (plots.isEmpty()) {
      return List.of();
    }
    List<Drawing> drawings =
        new ArrayList<>(List.of(plots.history(), plots.importance(), plots.parallel()));
    drawings.addAll(plots.slices());
    return drawings;
  }

  private static String name(SweepSummary summary) {
    return summary.directory().path().toAbsolutePath().normalize().getFileName().toString();
  }

  private String html() {
    header();
    if (!plots.isEmpty()) {
      page.open("section").element("h2", "The search").open("div", "pair");
      page.drawing(plots.history()).drawing(plots.importance()).close("div");
      page.drawing(plots.parallel()).close("section");
      page.open("section").element("h2", "Each setting by itself");
      page.element(
          "p",
          "hint",
          "A disc is a trial; point at it for its settings. Better is higher, and the worst lie on"
              + " the bottom line.");
      page.open("div", "trio");
      plots.slices().forEach(page::drawing);
      page.close("div").close("section");
    }
    trials();
    files();
    return page.end("Written by mnist4j " + Build.current().mnist4j() + ".");
  }

  private void header() {
    page.open("header").element("h1", name(summary));
    page.element("p", "lead", lead());
    if (summary.trials().finish().isEmpty()) {
      page.element(
          "p",
          "note",
          "This sweep has not come to its end: mnist4j sweep --resume %s goes on with it."
              .formatted(summary.directory().path()));
    }
    page.open("dl", "tiles");
    summary.trials().finish().ifPresent(this::testTile);
    summary
        .best()
        .ifPresent(
            best ->
                page.tile(
                    "Best " + objective.label(),
                    share(best.value(objective)),
                    "trial " + best.number()));
    int all = summary.trials().all().size();
    long epochs = summary.trials().all().stream().mapToLong(trial -> trial.epochs().size()).sum();
    page.tile(
        "Trials",
        NumberText.count(all),
        "%d complete, %d pruned; %s epochs"
            .formatted(
                summary.trials().count(Trial.TrialState.COMPLETE),
                summary.trials().count(Trial.TrialState.PRUNED),
                NumberText.count(epochs)));
    page.tile("Time", NumberText.duration(summary.trials().elapsed()), "");
    page.close("dl").close("header");
  }

  private String lead() {
    return "A search by %s over %d settings; trials are judged by their %s, the best by the test set, once."
        .formatted(
            summary.sweep().settings().method().key().toUpperCase(Locale.ROOT),
            summary.sweep().space().parameters().size(),
            objective.label());
  }

  private void testTile(FinalResult result) {
    Proportion accuracy =
        new Proportion(Math.round(result.testAccuracy() * result.images()), result.images());
    page.tile(
        "Test accuracy",
        NumberText.percent(result.testAccuracy(), 2),
        "95 %% interval %s to %s; %s"
            .formatted(
                NumberText.percent(accuracy.low(), 2),
                NumberText.percent(accuracy.high(), 2),
                result.dataset()));
  }

  private static String share(OptionalDouble value) {
    return NumberText.share(value.orElse(Double.NaN));
  }

  private void trials() {
    List<Parameter> parameters = summary.sweep().space().parameters();
    List<String> head = new ArrayList<>(List.of("trial", "state", objective.label(), "epochs"));
    parameters.forEach(parameter -> head.add(names.of(parameter.key())));
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : summary.trials().ranking(objective)) {
      if (rows.size() < SHOWN) {
        List<String> row = new ArrayList<>();
        row.add(String.valueOf(trial.number()));
        row.add(trial.state().name().toLowerCase(Locale.ROOT));
        row.add(share(trial.value(objective)));
        row.add(String.valueOf(trial.epochs().size()));
        for (Parameter parameter : parameters) {
          Object value = trial.point().values().get(parameter.key());
          row.add(value == null ? "-" : ShortNames.text(value));
        }
        rows.add(row);
      }
    }
    page.open("section").element("h2", "Trials");
    failures();
    page.table(
        rows.size() < summary.trials().all().size()
            ? "The best %d; leaderboard.csv has all".formatted(SHOWN)
            : "The best first",
        head,
        rows);
    page.close("section");
  }

  private void failures() {
    List<Trial> failed =
        summary.trials().all().stream()
            .filter(
                trial ->
                    switch (trial.state()) {
                      case DIVERGED, INVALID, FAILED -> true;
                      case RUNNING, COMPLETE, PRUNED -> false;
                    })
            .toList();
    if (!failed.isEmpty()) {
      page.element(
          "p",
          "%d came to nothing, the first of them, trial %d, because: %s"
              .formatted(failed.size(), failed.get(0).number(), failed.get(0).reason()));
    }
  }

  private void files() {
    page.open("section").element("h2", "Settings");
    text(summary.directory().best())
        .ifPresent(
            best -> {
              page.element("p", "The best ones, as an experiment of their own (best.yaml):");
              page.verbatim("best.yaml", best);
            });
    text(summary.directory().sweep())
        .ifPresent(
            sweep -> {
              page.element("p", "What was searched (sweep.yaml):");
              page.verbatim("sweep.yaml", sweep);
            });
    page.close("section");
  }

  private static Optional<String> text(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.of("cannot be read: " + FileProblem.reason(e));
    }
  }
}
