package io.mnist4j.run;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.energy.EnergyUse;
import io.mnist4j.eval.Proportion;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.privacy.PrivacyStatement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * The keys of {@code summary.json} and of {@code train --format json}, in their order. What older
 * versions did not write, or not every machine has, may be null.
 *
 * @param name of the run: that of its folder
 * @param images number of test images
 * @param trainImages number of images that it learned from
 * @param testAccuracy of the saved network, 0 to 1
 * @param testLoss of the saved network
 * @param ending why there are no more epochs: {@code completed}, {@code early-stopped}, …
 * @param bestEpoch whose network was saved, from 1
 * @param privacy what a private training tells of any one image; else absent
 * @param chosenByTest true where the test images decided when to stop; else absent
 * @param validatedOn whose images the epochs were validated on: {@code test}, {@code training}
 *     where a part of these was held out, {@code validation} where the data set has some for it
 * @param trainSeconds of training, validation not counted
 * @param samplesPerSecond images trained on in a second
 * @param wallSeconds of the process
 * @param cpuSeconds of all threads of the process
 * @param peakMemoryBytes largest resident set of the process
 * @param energyJoules of all processors and cards during the run
 * @param energySource the counters that showed it
 * @param energyJoulesPerEpoch mean of the epochs that were measured whole
 * @param energySavedJoulesEstimate that mean for each epoch that was planned and not done
 * @param carbonGrams of carbon dioxide that the energy stands for
 * @param carbonGramsPerKwh that this was computed with
 * @param threads that computed in the end
 * @param backend of ND4J
 * @param device name of the GPU; this and the next three only where one computed
 * @param seed of the weights and of the order of the images
 * @param parameters number of the network's parameters
 * @param finished date and time in UTC, ISO 8601
 * @param model where the model was written
 * @param settings the experiment, as in {@code config.yaml}
 */
@KebabCase
public record SummaryFile(
    @JsonInclude(NON_NULL) String name,
    String dataset,
    long images,
    @JsonInclude(NON_NULL) Integer trainImages,
    double testAccuracy,
    double testLoss,
    List<EpochMetrics> epochs,
    String ending,
    int bestEpoch,
    @JsonInclude(NON_NULL) PrivacyStatement privacy,
    @JsonInclude(NON_NULL) Boolean chosenByTest,
    @JsonInclude(NON_NULL) String validatedOn,
    double trainSeconds,
    double samplesPerSecond,
    double wallSeconds,
    double cpuSeconds,
    @JsonInclude(NON_NULL) Long peakMemoryBytes,
    @JsonInclude(NON_NULL) Double energyJoules,
    @JsonInclude(NON_NULL) String energySource,
    @JsonInclude(NON_NULL) Double energyJoulesPerEpoch,
    @JsonInclude(NON_NULL) Double energySavedJoulesEstimate,
    @JsonInclude(NON_NULL) Double carbonGrams,
    @JsonInclude(NON_NULL) Double carbonGramsPerKwh,
    int threads,
    String backend,
    @JsonInclude(NON_NULL) String device,
    @JsonInclude(NON_NULL) String computeCapability,
    @JsonInclude(NON_NULL) String driver,
    @JsonInclude(NON_NULL) String cudaVersion,
    long seed,
    long parameters,
    @JsonInclude(NON_NULL) String finished,
    @JsonInclude(NON_NULL) String model,
    @JsonInclude(NON_NULL) Map<String, Object> settings) {

  static SummaryFile of(RunSummary run) {
    Map<String, String> backend = run.backend().description();
    OptionalLong peakMemory = run.resources().peakMemoryBytes();
    Optional<TrainingEnergy> energy = run.energy();
    Optional<EnergyUse> use = energy.map(TrainingEnergy::run);
    return new SummaryFile(
        run.name(),
        run.dataset(),
        run.test().images(),
        run.trainImages(),
        run.test().accuracy(),
        run.test().loss(),
        run.training().epochs(),
        run.training().ending().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        run.bestEpoch(),
        run.privacy().orElse(null),
        run.chosenByTest() ? true : null,
        run.validatedOn(),
        run.training().seconds(),
        run.training().samplesPerSecond(),
        run.resources().wallSeconds(),
        run.resources().cpuSeconds(),
        peakMemory.isPresent() ? (Long) peakMemory.getAsLong() : null,
        use.map(EnergyUse::joules).orElse(null),
        use.map(EnergyUse::source).orElse(null),
        energy.map(e -> Json.orNull(e.joulesPerEpoch())).orElse(null),
        energy.map(e -> Json.orNull(e.savedJoules())).orElse(null),
        use.map(u -> Json.orNull(u.carbonGrams())).orElse(null),
        use.map(u -> Json.orNull(u.gramsPerKwh())).orElse(null),
        run.threads(),
        backend.get("backend"),
        backend.get("device"),
        backend.get("computeCapability"),
        backend.get("driver"),
        backend.get("cudaVersion"),
        run.seed(),
        run.trained().network().numParams(),
        run.finished().toString(),
        run.model().toString(),
        run.trained().provenance().config());
  }

  /** The test accuracy with its 95 % interval. */
  public Proportion accuracy() {
    return new Proportion(Math.round(testAccuracy * images), images);
  }

  /** Date and time as a person reads it; empty where it was not written. */
  public Optional<String> finishedText() {
    return Optional.ofNullable(finished).map(t -> t.replace("T", " ").replace("Z", " UTC"));
  }
}
