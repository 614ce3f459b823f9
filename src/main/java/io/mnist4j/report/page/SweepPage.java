package io.mnist4j.report.page;

import io.mnist4j.files.FileProblem;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.HistoryPlot;
import io.mnist4j.report.plot.ImportancePlot;
import io.mnist4j.report.plot.ParallelPlot;
import io.mnist4j.report.plot.ParetoPlot;
import io.mnist4j.report.plot.SlicePlot;
import io.mnist4j.report.plot.SweepTrials;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.report.text.SweepText;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.SweepSummary;
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

/** What the page of a sweep shows; the template {@code sweep.jte} says how. */
public final class SweepPage {
  private static final int SHOWN = 50;

  private final SweepSummary summary;
  private final Objective objective;
  private final ShortNames names;
  private final SweepTrials plotted;

  /** The page of a sweep as it stands. */
  public SweepPage(SweepSummary summary) {
    this.summary = summary;
    objective = summary.sweep().settings().objective();
    names = new ShortNames(summary.sweep().space());
    plotted = SweepTrials.of(summary);
  }

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("sweep.jte", this);
  }

  public SweepSummary summary() {
    return summary;
  }

  /** What the plots show. */
  public SweepTrials plotted() {
    return plotted;
  }

  /** The plots of the page; none where no trial has a result. */
  public List<Drawing> drawings() {
    if (plotted.isEmpty()) {
      return List.of();
    }
    List<Drawing> drawings =
        new ArrayList<>(
            List.of(
                HistoryPlot.draw(plotted),
                ImportancePlot.draw(plotted),
                ParallelPlot.draw(plotted)));
    drawings.addAll(ParetoPlot.drawAll(plotted));
    drawings.addAll(SlicePlot.drawAll(plotted));
    return drawings;
  }

  /** The name of the sweep's folder. */
  public String name() {
    return summary.directory().path().toAbsolutePath().normalize().getFileName().toString();
  }

  /** By which trials are compared. */
  public Objective objective() {
    return objective;
  }

  /** Of all trials together. */
  public long epochs() {
    return summary.trials().all().stream().mapToLong(trial -> trial.epochs().size()).sum();
  }

  /** The line below the title. */
  public String lead() {
    return "A search by %s over %d settings; trials are judged by their %s, the best by the test set, once."
        .formatted(
            summary.sweep().settings().method().key().toUpperCase(Locale.ROOT),
            summary.sweep().space().parameters().size(),
            objective.label());
  }

  private static String share(OptionalDouble value) {
    return NumberText.share(value.orElse(Double.NaN));
  }

  /** The head of the table of trials. */
  public List<String> head() {
    List<String> head = new ArrayList<>(List.of("trial", "state", objective.label(), "epochs"));
    summary.sweep().space().parameters().forEach(each -> head.add(names.of(each.key())));
    return head;
  }

  /** The rows of the table of trials: the best of them, the best first. */
  public List<List<String>> trials() {
    return summary.trials().ranking(objective).stream().limit(SHOWN).map(this::row).toList();
  }

  private List<String> row(Trial trial) {
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(trial.number()));
    row.add(trial.state().key());
    row.add(share(trial.value(objective)));
    row.add(String.valueOf(trial.epochs().size()));
    for (Parameter parameter : summary.sweep().space().parameters()) {
      Object value = trial.point().values().get(parameter.key());
      row.add(value == null ? "-" : ShortNames.text(value));
    }
    return row;
  }

  /** Which trials may be as good as the best one; empty where that is not known. */
  public Optional<String> tied() {
    return SweepText.tied(summary);
  }

  /** What is to be said of trials that failed; empty where none has. */
  public Optional<String> failures() {
    List<Trial> failed =
        summary.trials().all().stream()
            .filter(
                trial ->
                    switch (trial.state()) {
                      case DIVERGED, INVALID, FAILED -> true;
                      case RUNNING, COMPLETE, PRUNED -> false;
                    })
            .toList();
    return failed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d failed, the first of them, trial %d, because: %s"
                .formatted(failed.size(), failed.get(0).number(), failed.get(0).reason()));
  }

  /** The text of best.yaml; empty where there is none. */
  public Optional<String> bestSettings() {
    return text(summary.directory().best());
  }

  /** The text of sweep.yaml; empty where there is none. */
  public Optional<String> searchSettings() {
    return text(summary.directory().sweep());
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
