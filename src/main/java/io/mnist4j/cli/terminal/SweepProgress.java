package io.mnist4j.cli.terminal;

import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.report.text.SweepText;
import io.mnist4j.sweep.FinalTraining;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepMonitor;
import io.mnist4j.sweep.SweepSession;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a sweep on stderr: a line for each trial that is over, and on a terminal a table of those
 * that run. Passes on Ctrl-C: the first one drains, SIGTERM gives the running trials up.
 */
public final class SweepProgress extends DataFetchProgress implements SweepMonitor {
  private long startNanos;
  private Path folder;
  private Sweep sweep;
  private Objective objective;
  private ShortNames names;
  private int workers;
  private int endedHere;
  private boolean toldOfDraining;

  public SweepProgress(Console console) {
    super(console);
  }

  @Override
  public void onSearch(SweepFolder begun, DataSplit images, int trialsAtOnce) {
    begin(begun.summary(), trialsAtOnce);
    line(SweepText.of(begun, images, trialsAtOnce));
  }

  /** Trials that other processes of this machine are about to carry out. */
  public void follow(SweepSummary begun, int processes) {
    begin(begun, processes);
    line("Sweep %s by %d process%s".formatted(folder, processes, processes == 1 ? "" : "es"));
  }

  private void begin(SweepSummary begun, int trialsAtOnce) {
    folder = begun.directory().path();
    sweep = begun.sweep();
    objective = sweep.settings().objective();
    names = new ShortNames(sweep.space());
    workers = trialsAtOnce;
    startNanos = System.nanoTime();
    signal = new StopSignal();
  }

  /** Says what an agent leaves behind, and returns the exit code. */
  public int left(SweepSession.SweepResult result) {
    lines.close();
    console.line(
        "%d trial%s ended here; the sweep has %s; when all are done: mnist4j sweep --resume %s"
            .formatted(
                endedHere, endedHere == 1 ? "" : "s", SweepText.counts(result.summary()), folder));
    return result.interrupted() ? signal.exitCode() : ExitCode.OK.value;
  }

  /** A bar; how well the epochs do on the test images decides nothing, and is not shown. */
  @Override
  public TrainingListener onFinalTraining(FinalTraining training, Trial best) {
    line(SweepText.of(training, best));
    int epochs = training.experiment().training().epochs();
    return new TrainingListener() {
      @Override
      public void onStep(TrainingStep step) {
        if (lines.isDue()) {
          double done = step.epoch() - 1 + (double) step.step() / step.stepsPerEpoch();
          lines.drawBar(
              "Epoch %d/%d".formatted(step.epoch(), epochs),
              done / epochs,
              NumberText.wholeSeconds(step.secondsLeft(epochs)) + " left");
        }
      }
    };
  }

  /** Says how a sweep that was asked to stop goes on, and returns the exit code of the signal. */
  public int interrupted(SweepSummary summary) {
    lines.close();
    console.error("interrupted after %s; %s".formatted(SweepText.counts(summary), howToGoOn()));
    return signal.exitCode();
  }

  @Override
  public void onFinished(SweepFolder finished) {
    line(
        "%s is finished: there is nothing to go on with; raise --trials or --time-limit for more"
            .formatted(finished.directory().path()));
  }

  @Override
  public void onAllTried(int trials) {
    line(
        "All settings of the space have been tried, in %d trials: to repeat one would change nothing"
            .formatted(trials));
  }

  @Override
  public WorkersException onWorkersLost(WorkersException e) {
    return new WorkersException("%s; %s".formatted(e.getMessage(), howToGoOn()), e);
  }

  private String howToGoOn() {
    return "go on with: mnist4j sweep --resume " + folder;
  }

  @Override
  public boolean drain() {
    return signal.getAsBoolean();
  }

  @Override
  public boolean abandon() {
    return signal.getAsBoolean() && signal.exitCode() == ExitCode.TERMINATED.value;
  }

  @Override
  public void onEnd(Trial trial, TrialHistory all) {
    endedHere++;
    boolean best =
        all.best(objective).filter(other -> other.number() == trial.number()).isPresent();
    line(SweepText.of(trial, objective, names, best));
    onProgress(all);
  }

  @Override
  public void onProgress(TrialHistory all) {
    long running = all.count(TrialState.RUNNING);
    if (drain() && !toldOfDraining && running > 0 && !abandon()) {
      toldOfDraining = true;
      line(
          "Waiting for %d running trial%s; Ctrl-C again leaves at once"
              .formatted(running, running == 1 ? "" : "s"));
    }
    if (lines.isDue()) {
      lines.draw(table(all));
    }
  }

  private List<String> table(TrialHistory all) {
    List<String> table = new ArrayList<>();
    table.add(status(all));
    for (Trial trial : all.all()) {
      if (trial.state() == TrialState.RUNNING) {
        String value =
            trial.epochs().isEmpty() ? "      " : NumberText.format("%.4f", value(trial));
        int epoch = trial.epochs().size() + 1;
        String settings = names.text(trial.point());
        table.add(
            NumberText.format("  %4d  epoch %-3d %s  %s", trial.number(), epoch, value, settings));
      }
    }
    return table;
  }

  private double value(Trial trial) {
    return trial.value(objective).orElseThrow();
  }

  private String status(TrialHistory all) {
    int wanted = sweep.settings().trials();
    long running = all.count(TrialState.RUNNING);
    long over = all.all().size() - running;
    long failed =
        all.count(TrialState.DIVERGED)
            + all.count(TrialState.INVALID)
            + all.count(TrialState.FAILED);
    StringBuilder status = new StringBuilder();
    status.append(
        "%d%s done, %d running".formatted(over, wanted > 0 ? " of " + wanted : "", running));
    status.append(", %d pruned".formatted(all.count(TrialState.PRUNED)));
    if (failed > 0) {
      status.append(", %d failed".formatted(failed));
    }
    all.best(objective)
        .ifPresent(
            trial ->
                status.append(
                    NumberText.format("; best %.4f (trial %d)", value(trial), trial.number())));
    double left = secondsLeft(all, over);
    if (Double.isFinite(left)) {
      status.append("; ").append(NumberText.wholeSeconds(left)).append(" left");
    }
    return status.toString();
  }

  /** Estimated by the trials of this process: an earlier one may have had another machine. */
  private double secondsLeft(TrialHistory all, long over) {
    double here = (System.nanoTime() - startNanos) / 1e9;
    double limit = sweep.settings().timeLimitSeconds() - Math.max(here, all.elapsed());
    int wanted = sweep.settings().trials();
    double byTrials =
        wanted > 0 && endedHere >= workers
            ? Math.max(0, here / endedHere * (wanted - over))
            : Double.POSITIVE_INFINITY;
    return Math.max(0, Math.min(limit, byTrials));
  }
}
