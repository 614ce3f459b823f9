package io.mnist4j.federated;

import io.mnist4j.text.KebabCase;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * How a round went.
 *
 * @param round from 1
 * @param accuracy of the server's network after it, on the validation images, 0 to 1
 * @param loss likewise
 * @param trainLoss mean of the losses of the clients' steps, each client weighted by its images;
 *     null where no client answered
 * @param clients that were chosen
 * @param answered how many of them did
 * @param bytesDown that the server sends: 4 for each number
 * @param bytesUp that it receives
 * @param epsilon what the network tells of any client after it, at most; null without privacy
 * @param seconds that it took, with its evaluation
 */
@KebabCase
public record RoundMetrics(
    int round,
    double accuracy,
    double loss,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double trainLoss,
    int clients,
    int answered,
    long bytesDown,
    long bytesUp,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double epsilon,
    double seconds) {}
