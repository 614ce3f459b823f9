package io.mnist4j.report.plot;

import io.mnist4j.report.text.NumberText;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Importance;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.TrialState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the plots of a sweep show.
 *
 * @param shown the complete and the pruned trials that have a finite value, in their order
 * @param ranking the complete ones, the best first
 * @param importance of each parameter by its key, 0 to 1; empty where there are too few trials
 * @param scale of the values
 * @param parameters of the networks of complete trials, by their numbers, as far as they are known
 */
public record SweepTrials(
    Sweep sweep,
    ShortNames names,
    List<Trial> shown,
    List<Trial> ranking,
    Map<String, Double> importance,
    TrialScale scale,
    Map<Integer, Long> parameters) {

  /** Those of a sweep as it stands. */
  public static SweepTrials of(SweepSummary summary) {
    Sweep sweep = summary.sweep();
    Objective objective = sweep.settings().objective();
    List<Trial> shown =
        summary.trials().all().stream()
            .filter(trial -> isComplete(trial) || trial.state() == TrialState.PRUNED)
            .filter(trial -> Double.isFinite(trial.value(objective).orElse(Double.NaN)))
            .toList();
    List<Trial> ranking =
        summary.trials().ranking(objective).stream().filter(SweepTrials::isComplete).toList();
    Map<Integer, Long> parameters = new HashMap<>();
    for (Trial trial : ranking) {
      summary.parameters(trial).ifPresent(all -> parameters.put(trial.number(), all));
    }
    return new SweepTrials(
        sweep,
        new ShortNames(sweep.space()),
        shown,
        ranking,
        Importance.of(sweep.space(), summary.trials().observations(objective)),
        TrialScale.of(shown, objective),
        parameters);
  }

  private static boolean isComplete(Trial trial) {
    return trial.state() == TrialState.COMPLETE;
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return shown.isEmpty();
  }

  Objective objective() {
    return sweep.settings().objective();
  }

  double value(Trial trial) {
    return trial.value(objective()).orElse(Double.NaN);
  }

  /** Where a trial's value lies: 0 at the bottom to 1 at the top, which is the better end. */
  double height(Trial trial) {
    return scale.height(value(trial));
  }

  /** Marks the values on the vertical axis. */
  void valueAxis(PlotFrame frame) {
    for (double mark : scale.axis().marks()) {
      frame.markAtLeft(scale.height(mark), scale.axis().label(mark));
    }
  }

  /** A disc for a trial, with its settings as its tip. */
  DrawnShape disc(Trial trial, double x, double y) {
    boolean complete = isComplete(trial);
    String tip =
        "Trial %d: %s%s; %s"
            .formatted(
                trial.number(),
                NumberText.share(value(trial)),
                complete ? "" : " after %d epochs, pruned".formatted(trial.epochs().size()),
                names.text(trial.point()));
    return new DrawnShape.Disc(x, y, complete ? 4 : 2.5, complete ? Ink.BLUE : Ink.GREY, tip);
  }
}
