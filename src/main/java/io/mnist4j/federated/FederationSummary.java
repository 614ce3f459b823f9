package io.mnist4j.federated;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * The keys of {@code summary.json} and of {@code federate --format json}, in their order.
 *
 * @param images number of test images
 * @param testAccuracy of the server's last network, 0 to 1
 * @param strategy its name
 * @param clients of all rounds together
 * @param rounds that were done
 * @param ending {@code completed} or {@code target-reached}
 * @param targetAccuracy that was to be reached; absent where there was none
 * @param roundsToTarget the first round whose accuracy reached it; absent where none did
 * @param bestAccuracy of all rounds
 * @param bytesDown of all rounds
 * @param bytesUp of all rounds
 * @param seconds of all rounds
 * @param chosenByTest true where the test images decided when to stop; else absent
 * @param epsilon bound of what all rounds tell of any client, with the probability 1 - delta;
 *     absent without privacy, as delta is
 * @param finished date and time in UTC, ISO 8601
 * @param model where the model was written
 */
@KebabCase
public record FederationSummary(
    String dataset,
    long images,
    double testAccuracy,
    double testLoss,
    String strategy,
    int clients,
    int rounds,
    String ending,
    @JsonInclude(NON_NULL) Double targetAccuracy,
    @JsonInclude(NON_NULL) Integer roundsToTarget,
    double bestAccuracy,
    long bytesDown,
    long bytesUp,
    double seconds,
    @JsonInclude(NON_NULL) Boolean chosenByTest,
    @JsonInclude(NON_NULL) Double epsilon,
    @JsonInclude(NON_NULL) Double delta,
    double wallSeconds,
    double cpuSeconds,
    @JsonInclude(NON_NULL) Long peakMemoryBytes,
    int threads,
    long seed,
    long parameters,
    String finished,
    String model) {

  /** The document of {@code summary.json}. */
  public String toJson() {
    return Json.pretty(this);
  }
}
