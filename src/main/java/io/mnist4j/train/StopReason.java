package io.mnist4j.train;

import java.util.List;
import java.util.Optional;

/** Why a training was over. */
public enum StopReason {
  /** All epochs are done. */
  COMPLETED,
  /** The watched metric has not improved for as many epochs as patience allows. */
  EARLY_STOPPED,
  /** The accuracy or the loss that was asked for is reached. */
  TARGET_REACHED,
  /** The time is used up. */
  TIME_LIMIT;

  /**
   * Whether a training is over after these epochs.
   *
   * @param history all epochs so far
   */
  static Optional<StopReason> after(List<EpochMetrics> history, TrainingSpec spec) {
    StoppingSpec stopping = spec.stopping();
    EpochMetrics last = history.get(history.size() - 1);
    if (stopping.atAccuracy() > 0 && last.validationAccuracy() >= stopping.atAccuracy()) {
      return Optional.of(TARGET_REACHED);
    }
    if (stopping.atLoss() > 0 && last.trainLoss() <= stopping.atLoss()) {
      return Optional.of(TARGET_REACHED);
    }
    if (stopping.patience() > 0
        && history.size() - stopping.bestEpoch(history) >= stopping.patience()) {
      return Optional.of(EARLY_STOPPED);
    }
    return history.size() >= spec.epochs() ? Optional.of(COMPLETED) : Optional.empty();
  }
}
