package io.mnist4j.cli.terminal;

import io.mnist4j.federated.FederationFolder;
import io.mnist4j.federated.FederationMonitor;
import io.mnist4j.federated.FederationPlan;
import io.mnist4j.federated.FederationStart;
import io.mnist4j.federated.RoundMetrics;
import io.mnist4j.report.text.FederationText;
import io.mnist4j.report.text.NumberText;

/**
 * Shows a federation on stderr: a bar on a terminal, and lines of rounds everywhere, fewer the
 * further it is. Ctrl-C and SIGTERM stop it at the end of a round.
 */
public final class FederationProgress extends DataFetchProgress implements FederationMonitor {
  private FederationFolder folder;
  private int rounds;
  private int doneBefore;
  private int lastRound;
  private long startNanos;

  public FederationProgress(Console console) {
    super(console);
  }

  @Override
  public void onStart(FederationStart start) {
    signal = new StopSignal();
    folder = start.folder();
    rounds = start.federation().rounds();
    doneBefore = start.done();
    lastRound = doneBefore;
    startNanos = System.nanoTime();
    line(FederationText.of(start));
  }

  @Override
  public void onRound(RoundMetrics round) {
    lastRound = round.round();
    if (isShown(round.round())) {
      line(FederationText.of(round, rounds));
    } else {
      console.detail(FederationText.of(round, rounds));
    }
    if (lines.isDue()) {
      double perRound = (System.nanoTime() - startNanos) / 1e9 / (round.round() - doneBefore);
      lines.drawBar(
          "Round %d/%d".formatted(round.round(), rounds),
          (double) round.round() / rounds,
          NumberText.format(
              "accuracy %.4f, %s left",
              round.accuracy(), NumberText.wholeSeconds(perRound * (rounds - round.round()))));
    }
  }

  /** The first ten, each tenth of the first hundred, each hundredth of the first thousand... */
  private boolean isShown(int round) {
    int step = 1;
    while (round > 10 * step) {
      step *= 10;
    }
    return round % step == 0 || round == rounds;
  }

  /** That of the federation that has started. */
  public FederationFolder folder() {
    return folder;
  }

  @Override
  public boolean stopRequested() {
    return signal.getAsBoolean();
  }

  /** Says that there is nothing to do. */
  public void onFinished(FederationPlan plan) {
    line(
        "%s is finished: there is nothing to go on with; raise --rounds above %d for more"
            .formatted(plan.folder().path(), plan.federation().rounds()));
  }

  /** Says how one that was asked to stop goes on, and returns the exit code of the signal. */
  public int interrupted() {
    lines.close();
    console.error(
        "interrupted after round %d; go on with: mnist4j federate --resume %s"
            .formatted(lastRound, folder.path()));
    return signal.exitCode();
  }
}
