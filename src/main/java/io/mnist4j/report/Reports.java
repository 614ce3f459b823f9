package io.mnist4j.report;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.federated.FederationFolder;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.page.ComparisonPage;
import io.mnist4j.report.page.FederationPage;
import io.mnist4j.report.page.RunPage;
import io.mnist4j.report.page.SweepPage;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.Svg;
import io.mnist4j.report.text.RunTable;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.repeat.RepeatFolder;
import io.mnist4j.run.repeat.RepeatSummary;
import io.mnist4j.sweep.SweepDirectory;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes what runs or a sweep left behind as a page, and each of its plots as SVG. */
public final class Reports {

  /**
   * What is to be shown.
   *
   * @param folders of a run, of a sweep, or of several runs that are compared
   * @param output where the page goes, which is made if it is not there; empty for the folder of
   *     what is shown
   * @param store of data sets
   * @param threads that compute, at least 1
   */
  public record ReportRequest(
      List<Path> folders, Optional<Path> output, DataStore store, int threads) {}

  private Reports() {}

  /**
   * Writes a page with its plots. The network of a single run is tested anew for it, where the test
   * images can be had; runs that are compared are not.
   *
   * @param notes gets what a user should know of the result
   * @return the page
   * @throws RunFolderException if a folder is no run's, or a file in it is damaged
   * @throws ConfigException if an experiment file cannot be read
   * @throws ModelException if the model of a run is damaged
   * @throws BackendException if ND4J does not start
   * @throws IOException if something cannot be written
   */
  public static Path write(ReportRequest request, FetchListener listener, Consumer<String> notes)
      throws Mnist4jException, IOException {
    Path first = request.folders().get(0);
    Path output = request.output().orElse(first);
    if (request.folders().size() > 1) {
      ComparisonPage page = comparison(request.folders().stream().map(RunFolder::of).toList());
      return write(output, page.html(), page.drawings());
    }
    if (RepeatFolder.isOne(first)) {
      ComparisonPage page = comparison(new RepeatFolder(first).runs());
      return write(output, page.html(), page.drawings());
    }
    if (SweepDirectory.isSweep(first)) {
      SweepPage page = new SweepPage(SweepFolder.summary(first));
      return write(output, page.html(), page.drawings());
    }
    if (FederationFolder.isOne(first)) {
      FederationPage page = FederationPage.of(FederationFolder.of(first));
      return write(output, page.html(), page.drawings());
    }
    RunPage page = page(RunFolder.of(first), request, listener, notes);
    return write(output, page.html(), page.drawings());
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
    RunPage page = new RunPage(RunFormat.read(folder), Optional.of(test), "");
    AtomicFile.write(folder.report(), page.html());
    return folder.report();
  }

  /**
   * The page that compares runs with several seeds, in their folder.
   *
   * @throws IOException if the page cannot be written
   */
  public static Path writePage(RepeatSummary summary)
      throws RunFolderException, ConfigException, IOException {
    Path page = RunFolder.of(summary.folder().path()).report();
    AtomicFile.write(page, comparison(summary.folder().runs()).html());
    return page;
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
   * The page of a federation, in its folder.
   *
   * @throws RunFolderException if its files have been damaged in the meantime
   * @throws IOException if the page cannot be written
   */
  public static Path writePage(FederationFolder federation)
      throws RunFolderException, ConfigException, IOException {
    Path page = federation.run().report();
    AtomicFile.write(page, FederationPage.of(federation).html());
    return page;
  }

  /**
   * Results and settings of runs, of which those that were repeated or swept stand for all in them.
   *
   * @throws RunFolderException if a folder is no run's, or a file in it is damaged
   * @throws ConfigException if an experiment file cannot be read
   */
  public static RunTable table(List<RunFolder> folders)
      throws RunFolderException, ConfigException, IOException {
    List<RunTable.RunRow> rows = new ArrayList<>();
    for (RunFolder folder : folders) {
      List<RunFolder> runs =
          RepeatFolder.isOne(folder.path())
              ? new RepeatFolder(folder.path()).runs()
              : List.of(folder);
      for (RunFolder run : runs) {
        rows.add(RunTable.RunRow.of(RunFormat.read(run)));
      }
    }
    return new RunTable(rows);
  }

  /**
   * All runs with an epoch in a folder, the newest last.
   *
   * @param problems gets a line for each that cannot be read
   * @throws IllegalArgumentException if there is no such folder
   * @throws IOException if the folder cannot be read
   */
  public static RunTable tableOf(Path folder, Consumer<String> problems) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + ": no such folder; `mnist4j train` makes it");
    }
    List<Path> found;
    // Repeated runs lie one level deeper.
    try (Stream<Path> all = Files.walk(folder, 2)) {
      found = all.filter(path -> Files.isRegularFile(RunFolder.of(path).metrics())).toList();
    }
    List<RunTable.RunRow> rows = new ArrayList<>();
    for (Path path : found) {
      try {
        rows.add(RunTable.RunRow.of(RunFormat.read(RunFolder.of(path))));
      } catch (RunFolderException | ConfigException e) {
        problems.accept(e.getMessage());
      }
    }
    return new RunTable(rows).sorted("finished", false);
  }

  private static RunPage page(
      RunFolder folder, ReportRequest request, FetchListener listener, Consumer<String> notes)
      throws Mnist4jException {
    SavedRun run = RunFormat.read(folder);
    if (!Files.exists(folder.model())) {
      return new RunPage(run, Optional.empty(), "the run has no model.zip");
    }
    EvaluationRequest ofModel =
        new EvaluationRequest(
            folder.model(),
            Optional.empty(),
            Optional.empty(),
            request.store(),
            Backend.cpu(),
            request.threads());
    try {
      return new RunPage(run, Optional.of(EvaluationSession.run(ofModel, listener, notes)), "");
    } catch (DataException e) {
      notes.accept("the report goes without test images: " + e.getMessage());
      return new RunPage(run, Optional.empty(), e.getMessage());
    }
  }

  private static ComparisonPage comparison(List<RunFolder> folders)
      throws RunFolderException, ConfigException {
    List<SavedRun> runs = new ArrayList<>();
    List<SortedMap<String, String>> settings = new ArrayList<>();
    for (RunFolder folder : folders) {
      SavedRun run = RunFormat.read(folder);
      Path name = folder.path().getFileName();
      long ofThisName =
          folders.stream()
              .filter(other -> Objects.equals(name, other.path().getFileName()))
              .count();
      runs.add(ofThisName > 1 ? run.called(folder.path().toString()) : run);
      settings.add(
          ExperimentFile.toSettings(ExperimentFile.read(List.of(folder.config()), List.of())));
    }
    return new ComparisonPage(runs, settings);
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
