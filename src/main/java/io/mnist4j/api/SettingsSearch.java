package io.mnist4j.api;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.run.RunFolder;
import io.mnist4j.sweep.SpaceCheck;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepDirectory;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A search for the best settings with an objective of one's own. Its folder is that of a sweep:
 * {@code mnist4j report} shows it. Several threads and processes may {@link #run} a search of the
 * same folder at once, and no two get the same trial.
 */
public final class SettingsSearch {
  private final Path folder;

  private SettingsSearch(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins a search.
   *
   * @param sweep the file that says what is searched, as {@code mnist4j sweep} takes it
   * @param folder which does not exist yet
   * @throws Mnist4jException naming all that is wrong with the file
   * @throws IOException if the folder exists already or cannot be made
   */
  public static SettingsSearch begin(Path sweep, Path folder) throws Mnist4jException, IOException {
    Sweep read = Sweep.read(sweep, List.of(), List.of());
    SpaceCheck.experiments(read);
    Path place = folder.toAbsolutePath();
    SweepFolder.create(place.getParent(), place.getFileName().toString(), read).close();
    return new SettingsSearch(folder);
  }

  /**
   * Goes on with a search, also beside another process.
   *
   * @param folder that {@link #begin} or {@code mnist4j sweep create} has made
   * @throws Mnist4jException if there is no sweep in the folder
   */
  public static SettingsSearch open(Path folder) throws Mnist4jException {
    SweepFolder.read(folder, List.of());
    return new SettingsSearch(folder);
  }

  /**
   * Measures trial after trial until there are as many as the sweep file says.
   *
   * @return the best trial that any process has measured; empty where none succeeded
   * @throws CancellationException if the objective threw it, or the thread was interrupted
   * @throws Mnist4jException if the folder is damaged, or a value is none that the sweep file's
   *     objective can have
   * @throws IOException if the folder cannot be written
   */
  public Optional<SearchResult> run(SearchObjective objective)
      throws Mnist4jException, IOException {
    for (Optional<SearchTrial> next = ask(); next.isPresent(); next = ask()) {
      measure(next.get(), objective);
    }
    return best();
  }

  /**
   * The best trial so far; empty where none has succeeded.
   *
   * @throws Mnist4jException if the folder is damaged
   */
  public Optional<SearchResult> best() throws Mnist4jException {
    SweepSummary summary = SweepFolder.summary(folder);
    return summary
        .best()
        .map(
            trial ->
                new SearchResult(
                    trial.number(),
                    trial.value(summary.sweep().settings().objective()).orElseThrow(),
                    trial.point().values(),
                    summary.trials().all().size()));
  }

  private Optional<SearchTrial> ask() throws Mnist4jException, IOException {
    try (SweepFolder opened = opened()) {
      Optional<Trial> trial = opened.ask();
      return trial.map(
          asked -> {
            RunFolder run = new SweepDirectory(folder).trial(asked.number());
            return new SearchTrial(folder, asked.number(), asked.point().values(), run.config());
          });
    }
  }

  private void measure(SearchTrial trial, SearchObjective objective)
      throws Mnist4jException, IOException {
    double value;
    try {
      value = objective.measure(trial);
    } catch (CancellationException e) {
      tellFailed(trial, "cancelled");
      throw e;
    } catch (Exception e) {
      tellFailed(trial, OneLine.of(String.valueOf(e.getMessage())));
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw (CancellationException) new CancellationException("interrupted").initCause(e);
      }
      return;
    }
    if (trial.stopped()) {
      return;
    }
    try (SweepFolder opened = opened()) {
      opened.tell(trial.number(), value);
    } catch (ConfigException e) {
      tellFailed(trial, e.getMessage());
      throw e;
    }
  }

  private void tellFailed(SearchTrial trial, String reason) throws Mnist4jException, IOException {
    if (!trial.stopped()) {
      try (SweepFolder opened = opened()) {
        opened.tellFailed(trial.number(), reason);
      }
    }
  }

  private SweepFolder opened() throws Mnist4jException, IOException {
    return SweepFolder.open(folder, SweepFolder.read(folder, List.of()), true);
  }
}
