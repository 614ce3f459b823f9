package io.mnist4j.cli.terminal;

import io.mnist4j.errors.ExitCode;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.report.text.SweepText;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepListener;
import io.mnist4j.sweep.SweepRun;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows a sweep on stderr: a line for each trial that is over, and on a terminal a table of those
 * that run. Passes on Ctrl-C: the first one drains, SIGTERM gives the running trials up.
 */
public final class SweepProgress implements SweepListener, SweepRun.Stop, AutoCloseable {
  private final Console console;
  private final LiveLines lines;
  private final Sweep sweep;
  private final Objective objective;
  private final ShortNames names;
  private final int workers;
  private final StopSignal signal;
  private final long startNanos = System.nanoTime();
  private int endedHere;
  private boolean toldOfDraining;

  /**
   * @param workers trials at once
   */
  public SweepProgress(Console console, Sweep sweep, int workers, StopSignal signal) {
    this.console = console;
    this.lines = console.liveLines();
    this.sweep = sweep;
    this.objective = sweep.settings().objective();
    this.names = new ShortNames(sweep.space());
    this.workers = workers;
    this.signal = signal;
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
  public void onStart(Trial trial, TrialHistory all) {
    draw(all);
  }

  @Override
  public void onEpoch(Trial trial, TrialHistory all) {
    draw(all);
  }

  @Override
  public void onEnd(Trial trial, TrialHistory all) {
    endedHere++;
    lines.wipe();
    boolean best =
        all.best(objective).filter(other -> other.number() == trial.number()).isPresent();
    console.line(SweepText.of(trial, objective, names, best));
    draw(all);
  }

  @Override
  public void onTick(TrialHistory all) {
    draw(all);
  }

  private void draw(TrialHistory all) {
    long running = all.count(Trial.TrialState.RUNNING);
    if (drain() && !toldOfDraining && running > 0 && !abandon()) {
      toldOfDraining = true;
      lines.wipe();
      console.line(
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
      if (trial.state() == Trial.TrialState.RUNNING) {
        String value =
            trial.value(objective).isPresent()
                ? String.format(Locale.ROOT, "%.4f", trial.value(objective).getAsDouble())
                : "      ";
        table.add(
            String.format(
                Locale.ROOT,
                "  %4d  epoch %-3d %s  %s",
                trial.number(),
                trial.epochs().size() + 1,
                value,
                names.text(trial.point())));
      }
    }
    return table;
  }

  private String status(TrialHistory all) {
    int wanted = sweep.settings().trials();
    long running = all.count(Trial.TrialState.RUNNING);
    long over = all.all().size() - running;
    long failed =
        all.count(Trial.TrialState.DIVERGED)
            + all.count(Trial.TrialState.INVALID)
            + all.count(Trial.TrialState.FAILED);
    StringBuilder status = new StringBuilder();
    status.append(
        "%d%s done, %d running".formatted(over, wanted > 0 ? " of " + wanted : "", running));
    status.append(", %d pruned".formatted(all.count(Trial.TrialState.PRUNED)));
    if (failed > 0) {
      status.append(", %d failed".formatted(failed));
    }
    Optional<Trial> best = all.best(objective);
    best.ifPresent(
        trial ->
            status.append(
                String.format(
                    Locale.ROOT,
                    "; best %.4f (trial %d)",
                    trial.value(objective).orElseThrow(),
                    trial.number())));
    double left = secondsLeft(all, over);
    if (Double.isFinite(left)) {
      status.append("; ").append(NumberText.wholeSeconds(left)).append(" left");
    }
    return status.toString();
  }

  /** By the trials of this process: those of an earlier one may have had another machine. */
  private double secondsLeft(TrialHistory all, long over) {
    double here = (System.nanoTime() - startNanos) / 1e9;
    double limit = sweep.settings().timeLimitSeconds() - (elapsedBefore(all) + here);
    int wanted = sweep.settings().trials();
    double byTrials =
        wanted > 0 && endedHere >= workers
            ? Math.max(0, here / endedHere * (wanted - over))
            : Double.POSITIVE_INFINITY;
    return Math.max(0, Math.min(limit, byTrials));
  }

  private double elapsedBefore(TrialHistory all) {
    return Math.max(0, all.elapsed() - (System.nanoTime() - startNanos) / 1e9);
  }

  @Override
  public void close() {
    lines.close();
  }
}
