package io.mnist4j.run;

import io.mnist4j.energy.EnergyUse;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.StopReason;
import io.mnist4j.train.TrainingResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The energy that a training took.
 *
 * @param run from its beginning to its end, in this process
 * @param joulesPerEpoch mean of the epochs that were measured whole; empty if none was
 * @param savedJoules an estimate: that mean for each epoch that was planned and not done; empty
 *     where all were done
 */
public record TrainingEnergy(
    EnergyUse run, OptionalDouble joulesPerEpoch, OptionalDouble savedJoules) {

  /**
   * Of a training.
   *
   * @param plannedEpochs at least those that were done
   */
  static Optional<TrainingEnergy> of(
      Optional<EnergyUse> run, TrainingResult training, int plannedEpochs) {
    List<Double> measured =
        training.epochs().stream()
            .map(EpochMetrics::energyJoules)
            .filter(Objects::nonNull)
            .toList();
    OptionalDouble mean = measured.stream().mapToDouble(Double::doubleValue).average();
    int left = plannedEpochs - training.epochs().size();
    boolean saved = training.ending() != StopReason.COMPLETED && left > 0 && mean.isPresent();
    return run.map(
        use ->
            new TrainingEnergy(
                use,
                mean,
                saved ? OptionalDouble.of(left * mean.getAsDouble()) : OptionalDouble.empty()));
  }
}
