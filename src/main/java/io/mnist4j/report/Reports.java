package io.mnist4j.report;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.page.ComparisonPage;
import io.mnist4j.report.page.RunPage;
import io.mnist4j.report.page.SweepPage;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.Svg;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.run.SavedRun;
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
   * Refuses what is no run, before anything is computed for it.
   *
   * @throws RunFolderException if the folder is no run's, or a file in it is damaged
   */
  public static void check(RunFolder folder) throws RunFolderException {
    RunFormat.read(folder);
  }

  /**
   * The page of a run that has just ended, in its folder; without files of its plots, which take
   * longer.
   *
   * @throws RunFolderException if the run's files have been damaged in the meantime
   * @throws IOException if the page cannot be written
   */
  public static Path writePage(RunFolder folder, EvaluationSummary test)
      throws RunFolderException, IOException {
    SavedRun run = RunFormat.read(folder);
    AtomicFile.write(folder.report(), new RunPage(run, Optional.of(test), "").html());
    return folder.report();
  }

  /**
   * The page of a sweep, in its folder.
   *
   * @throws IOException if the page cannot be written
   */
  public static Path writePage(SweepSummary sweep) throws IOException {
    Path page = sweep.directory().report();
    AtomicFile.write(page, new SweepPage(sweep).html());
    return page;
  }

  /**
   * The page of a sweep, and each of its plots as SVG.
   *
   * @param folder where they go; it is made if it is not there
   * @throws IOException if something cannot be written
   */
  public static Path write(SweepSummary sweep, Path folder) throws IOException {
    SweepPage page = new SweepPage(sweep);
    return write(folder, page.html(), page.drawings());
  }

  /**
   * The page of one run, and each of its plots as SVG.
   *
   * @param folder where they go; it is made if it is not there
   * @param test of the run's network; empty if it could not be tested
   * @param whyNotTested said on the page where there is no test
   * @throws RunFolderException if the folder is no run's, or a file in it is damaged
   * @throws IOException if something cannot be written
   */
  public static Path write(
      RunFolder run, Path folder, Optional<EvaluationSummary> test, String whyNotTested)
      throws RunFolderException, IOException {
    RunPage page = new RunPage(RunFormat.read(run), test, whyNotTested);
    return write(folder, page.html(), page.drawings());
  }

  /**
   * The page that compares runs, and each of its plots as SVG. No network is run for it.
   *
   * @param folder where they go; it is made if it is not there
   * @throws RunFolderException if a folder is no run's, or a file in it is damaged
   * @throws ConfigException if a run's experiment file cannot be read
   * @throws IOException if something cannot be written
   */
  public static Path compare(List<RunFolder> directories, Path folder)
      throws RunFolderException, ConfigException, IOException {
    List<SavedRun> runs = new ArrayList<>();
    List<SortedMap<String, String>> settings = new ArrayList<>();
    for (RunFolder run : directories) {
      SavedRun files = RunFormat.read(run);
      runs.add(hasNamesake(run, directories) ? files.called(run.path().toString()) : files);
      settings.add(
          ExperimentFile.toSettings(ExperimentFile.read(List.of(run.config()), List.of())));
    }
    ComparisonPage page = new ComparisonPage(runs, settings);
    return write(folder, page.html(), page.drawings());
  }

  private static boolean hasNamesake(RunFolder run, List<RunFolder> all) {
    Path name = run.path().getFileName();
    return all.stream().filter(other -> Objects.equals(name, other.path().getFileName())).count()
        > 1;
  }

  private static Path write(Path folder, String html, List<Drawing> drawings) throws IOException {
    Path plots = Files.createDirectories(folder.resolve("plots"));
    for (Drawing drawing : drawings) {
      AtomicFile.write(plots.resolve(drawing.name() + ".svg"), Svg.file(drawing));
    }
    Path page = folder.resolve("report.html");
    AtomicFile.write(page, html);
    return page;
  }
}
