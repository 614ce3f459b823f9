package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.tensorboard.TensorBoardWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A sweep in the forms of other programs. */
public final class SweepExport {
  private final SweepSummary summary;
  private final Instant begin;

  /**
   * @throws IOException if the time of the journal cannot be read
   */
  public SweepExport(SweepSummary summary) throws IOException {
    this.summary = summary;
    // The journal counts seconds; other programs ask for times of day.
    Instant end = Files.getLastModifiedTime(summary.directory().journal()).toInstant();
    begin = end.minusMillis(Math.round(summary.trials().elapsed() * 1e3));
  }

  /** A row for each trial, the best first, as leaderboard.csv has it. */
  public String csv() {
    return Leaderboard.csv(summary.sweep(), summary.trials());
  }

  /** The lines of a file of Optuna's JournalStorage. */
  public String optunaJournal() {
    return OptunaJournal.of(summary, begin);
  }

  /**
   * Event files of TensorBoard, a folder for each trial: its curves, and a row of the table and the
   * plots of the tab HPARAMS.
   *
   * @param folder is made; there is none yet
   * @throws IOException if something cannot be written
   */
  public void tensorBoard(Path folder) throws IOException {
    for (Trial trial : summary.trials().all()) {
      long start = begin.toEpochMilli() + Math.round(trial.started() * 1e3);
      try (TensorBoardWriter writer =
          TensorBoardWriter.create(folder.resolve("trial-" + trial.number()), 0, start)) {
        writer.settings(trial.point().values(), start);
        long time = start;
        for (EpochMetrics epoch : trial.epochs()) {
          time += Math.round(epoch.seconds() * 1e3);
          writer.epoch(epoch, time);
        }
        if (trial.state() != TrialState.RUNNING) {
          boolean failed =
              trial.state() != TrialState.COMPLETE && trial.state() != TrialState.PRUNED;
          writer.end(!failed, begin.toEpochMilli() + Math.round(trial.ended() * 1e3));
        }
      }
    }
  }
}
