package io.mnist4j.train;

import java.util.List;

/**
 * The learning rate of each step of a run. Where its epochs were raised on the way, the parts of it
 * before and after that have courses of their own.
 */
final class LearningRates {
  private final TrainingSpec spec;
  private final int stepsPerEpoch;

  /**
   * @param stepsPerEpoch of every epoch, at least 1
   */
  LearningRates(TrainingSpec spec, int stepsPerEpoch) {
    this.spec = spec;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /**
   * The rate of a step, above 0.
   *
   * @param epoch from 1
   * @param step of the epoch, from 0
   */
  double of(int epoch, int step) {
    List<RaisedEpochs> raised = spec.raised();
    int part = 0;
    while (part < raised.size() && !raised.get(part).isAfter(epoch - 1, step)) {
      part++;
    }
    return of(part, (epoch - 1L) * stepsPerEpoch + step);
  }

  /**
   * @param part of the run: 0 before the epochs were raised for the first time
   * @param step from 0, of the whole run
   */
  private double of(int part, long step) {
    List<RaisedEpochs> raised = spec.raised();
    int epochs = part < raised.size() ? raised.get(part).from() : spec.epochs();
    long steps = (long) epochs * stepsPerEpoch;
    if (part == 0) {
      return scheduled(step, steps);
    }
    RaisedEpochs before = raised.get(part - 1);
    long begin = (long) before.afterEpochs() * stepsPerEpoch + before.afterSteps();
    return switch (before.course()) {
      case REPLAN -> scheduled(step, steps);
      case FLAT -> begin == 0 ? scheduled(0, steps) : of(part - 1, begin - 1);
      case RESTART -> scheduled(step - begin, steps - begin);
    };
  }

  private double scheduled(long step, long steps) {
    return spec.schedule()
        .learningRate(spec.optimizer().learningRate(), step, stepsPerEpoch, steps);
  }
}
