package io.mnist4j.report;

import io.mnist4j.errors.ExperimentException;
import io.mnist4j.errors.ReportException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.page.ComparisonPage;
import io.mnist4j.report.page.RunPage;
import io.mnist4j.report.page.SweepPage;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.Raster;
import io.mnist4j.report.plot.RunFiles;
import io.mnist4j.report.plot.Svg;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunDirectory;
import io.mnist4j.sweep.SweepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/** Writes the pages of runs. */
public final class Reports {
  private Reports() {}

  /**
   * What was written.
   *
   * @param page the page
   * @param plots folder of its plots; empty if they were not asked for
   * @param warning what could not be written, and why; empty if all was
   */
  public record Written(Path page, Optional<Path> plots, Optional<String> warning) {}

  /**
   * Refuses what is no run, before anything is computed for it.
   *
   * @throws ReportException if the folder is no run's, or a file in it is damaged
   */
  public static void check(RunDirectory directory) throws ReportException {
    RunFiles.read(directory);
  }

  /**
   * The page of a run that has just ended, in its folder; without files of its plots, which take
   * longer.
   *
   * @throws ReportException if the run's files have been damaged in the meantime
   * @throws IOException if the page cannot be written
   */
  public static Path writePage(RunDirectory directory, EvaluationSummary test)
      throws ReportException, IOException {
    RunFiles run = RunFiles.read(directory);
    AtomicFile.write(directory.report(), RunPage.html(run, Optional.of(test), ""));
    return directory.report();
  }

  /**
   * The page of a sweep, in its folder.
   *
   * @throws IOException if the page cannot be written
   */
  public static Path writePage(SweepSummary sweep) throws IOException {
    Path page = sweep.directory().report();
    AtomicFile.write(page, SweepPage.html(sweep));
    return page;
  }

  /**
   * The page of a sweep, and each of its plots as SVG and PNG.
   *
   * @param folder where they go; it is made if it is not there
   * @throws IOException if something cannot be written
   */
  public static Written write(SweepSummary sweep, Path folder) throws IOException {
    return write(folder, SweepPage.html(sweep), SweepPage.drawings(sweep));
  }

  /**
   * The page of one run, and each of its plots as SVG and PNG.
   *
   * @param folder where they go; it is made if it is not there
   * @param test of the run's network; empty if it could not be tested
   * @param whyNotTested said on the page where there is no test
   * @throws ReportException if the folder is no run's, or a file in it is damaged
   * @throws IOException if something cannot be written
   */
  public static Written write(
      RunDirectory directory, Path folder, Optional<EvaluationSummary> test, String whyNotTested)
      throws ReportException, IOException {
    RunFiles run = RunFiles.read(directory);
    List<Drawing> drawings = new ArrayList<>(RunPage.drawings(run, test));
    test.map(RunPage::images).ifPresent(drawings::addAll);
    return write(folder, RunPage.html(run, test, whyNotTested), drawings);
  }

  /**
   * The page that compares runs, and each of its plots as SVG and PNG. No network is run for it.
   *
   * @param folder where they go; it is made if it is not there
   * @throws ReportException if a folder is no run's, or a file in it is damaged
   * @throws ExperimentException if a run's experiment file cannot be read
   * @throws IOException if something cannot be written
   */
  public static Written compare(List<RunDirectory> directories, Path folder)
      throws ReportException, ExperimentException, IOException {
    List<RunFiles> runs = new ArrayList<>();
    List<SortedMap<String, String>> settings = new ArrayList<>();
    for (RunDirectory directory : directories) {
      RunFiles run = RunFiles.read(directory);
      runs.add(hasNamesake(directory, directories) ? run.called(directory.path().toString()) : run);
      settings.add(
          ExperimentFile.toSettings(ExperimentFile.read(List.of(directory.config()), List.of())));
    }
    return write(folder, ComparisonPage.html(runs, settings), ComparisonPage.drawings(runs));
  }

  private static boolean hasNamesake(RunDirectory run, List<RunDirectory> all) {
    Path name = run.path().getFileName();
    return all.stream().filter(other -> Objects.equals(name, other.path().getFileName())).count()
        > 1;
  }

  private static Written write(Path folder, String html, List<Drawing> drawings)
      throws IOException {
    Path plots = Files.createDirectories(folder.resolve("plots"));
    Optional<String> warning = Optional.empty();
    for (Drawing drawing : drawings) {
      AtomicFile.write(plots.resolve(drawing.name() + ".svg"), Svg.file(drawing));
      if (warning.isEmpty()) {
        warning = writePng(drawing, plots.resolve(drawing.name() + ".png"));
      }
    }
    Path page = folder.resolve("report.html");
    AtomicFile.write(page, html);
    return new Written(page, Optional.of(plots), warning);
  }

  private static Optional<String> writePng(Drawing drawing, Path file) throws IOException {
    byte[] png;
    try {
      png = Raster.png(drawing);
    } catch (Raster.NoFontsException e) {
      return Optional.of(
          "plots are written as SVG only, for Java cannot draw text here: %s"
              .formatted(e.getMessage()));
    }
    AtomicFile.write(file, temporary -> Files.write(temporary, png));
    return Optional.empty();
  }
}
