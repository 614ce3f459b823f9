package io.mnist4j.sweep;

import io.mnist4j.energy.EnergyUse;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.eval.Spread;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.SeedResult;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import io.mnist4j.train.EpochMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonUnwrapped;

/**
 * The state of a sweep.
 *
 * @param directory with its files
 * @param trials all that happened
 */
public record SweepSummary(Sweep sweep, SweepDirectory directory, TrialHistory trials) {
  /** The 97.5 % quantile of the standard normal distribution: what two-sided 95 % takes. */
  private static final double Z = 1.959963984540054;

  /** The keys of {@code sweep --format json}, in their order. */
  @KebabCase
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SweepDocument(
      String sweep,
      int trials,
      long running,
      long complete,
      long pruned,
      long diverged,
      long invalid,
      long failed,
      long epochs,
      double seconds,
      BestTrial best,
      String objective,
      @JsonUnwrapped FinalNetwork network,
      Double energyJoules,
      String energySource,
      Double carbonGrams) {}

  private record BestTrial(
      int trial,
      double validationAccuracy,
      double validationLoss,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer repeats,
      @JsonInclude(JsonInclude.Include.NON_NULL) Spread validation,
      int epochs,
      Map<String, Object> settings,
      String experiment) {}

  private record FinalNetwork(
      String dataset,
      long images,
      double testAccuracy,
      double testLoss,
      double trainSeconds,
      String model) {}

  /** The best of the complete trials. */
  public Optional<Trial> best() {
    return trials.best(sweep.settings().objective());
  }

  /**
   * The complete trials that cannot be told apart from the best one: chance alone makes differences
   * as large as theirs in more than one of twenty pairs of equally good trials. The best first, and
   * no other after the first that is worse; empty where accuracy is not the objective, or it is not
   * known how many images judged.
   */
  public List<Trial> tied() {
    Objective objective = sweep.settings().objective();
    Optional<Trial> best = best().filter(trial -> trial.varianceOfAccuracy().isPresent());
    if (best.isEmpty() || !objective.maximizes()) {
      return List.of();
    }
    return trials.ranking(objective).stream()
        .takeWhile(
            trial ->
                trial.state() == TrialState.COMPLETE
                    && trial.varianceOfAccuracy().isPresent()
                    && mayBeEqual(best.get(), trial, objective))
        .toList();
  }

  private static boolean mayBeEqual(Trial best, Trial other, Objective objective) {
    double difference = best.value(objective).orElseThrow() - other.value(objective).orElseThrow();
    double variance =
        best.varianceOfAccuracy().orElseThrow() + other.varianceOfAccuracy().orElseThrow();
    return difference * difference <= Z * Z * variance;
  }

  /** How many numbers the network of a trial learns; empty where that is not known. */
  public OptionalLong parameters(Trial trial) {
    Optional<JournalEntry.Begun> begun = trials.begun().filter(data -> data.height() > 0);
    if (begun.isEmpty()) {
      return OptionalLong.empty();
    }
    JournalEntry.Begun data = begun.get();
    try {
      NetworkSpec network = sweep.experiment(trial.point()).model();
      return OptionalLong.of(network.parameters(data.height(), data.width(), data.classes()));
    } catch (ConfigException | IllegalArgumentException e) {
      return OptionalLong.empty(); // The trial says why itself.
    }
  }

  /** How many trials do not run again when the sweep is resumed. */
  public long ended() {
    return trials.all().size() - trials.count(TrialState.RUNNING);
  }

  /**
   * The document of {@code sweep --format json}.
   *
   * @param energy that the sweep took in this process
   */
  public String toJson(Optional<EnergyUse> energy) {
    return Json.pretty(
        new SweepDocument(
            directory.path().toString(),
            trials.all().size(),
            trials.count(TrialState.RUNNING),
            trials.count(TrialState.COMPLETE),
            trials.count(TrialState.PRUNED),
            trials.count(TrialState.DIVERGED),
            trials.count(TrialState.INVALID),
            trials.count(TrialState.FAILED),
            trials.all().stream().mapToLong(trial -> trial.epochs().size()).sum(),
            trials.elapsed(),
            best().map(this::document).orElse(null),
            sweep.settings().objective().label(),
            trials.finish().map(this::document).orElse(null),
            energy.map(EnergyUse::joules).orElse(null),
            energy.map(EnergyUse::source).orElse(null),
            energy.map(use -> Json.orNull(use.carbonGrams())).orElse(null)));
  }

  private BestTrial document(Trial trial) {
    EpochMetrics epoch = trial.epochs().get(trial.bestEpoch() - 1);
    List<SeedResult> results =
        trial.results().isEmpty() ? List.of(SeedResult.of(epoch)) : trial.results();
    Objective objective = sweep.settings().objective();
    return new BestTrial(
        trial.number(),
        mean(results, SeedResult::validationAccuracy),
        mean(results, SeedResult::validationLoss),
        results.size() == 1 ? null : (Integer) results.size(),
        trial.spread(objective).orElse(null),
        trial.bestEpoch(),
        trial.point().values(),
        directory.best().toString());
  }

  private static double mean(List<SeedResult> results, ToDoubleFunction<SeedResult> figure) {
    return results.size() == 1
        ? figure.applyAsDouble(results.get(0))
        : results.stream().mapToDouble(figure).average().orElseThrow();
  }

  private FinalNetwork document(JournalEntry.Finished result) {
    return new FinalNetwork(
        result.dataset(),
        result.images(),
        result.testAccuracy(),
        result.testLoss(),
        result.seconds(),
        directory.model().toString());
  }
}
