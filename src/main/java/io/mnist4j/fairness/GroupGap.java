package io.mnist4j.fairness;

import java.util.Optional;

/**
 * How far the group with the lowest accuracy is behind that with the highest.
 *
 * @param best the name of the group with the highest accuracy; of equals the first
 * @param worst the name of the group with the lowest; of equals the first
 * @param difference of their accuracies, best less worst, at least 0
 * @param ratio of their accuracies, worst by best
 * @param errorRatio of their shares of errors, worst by best; empty where the best has no errors
 * @param clusters that were resampled: writers, or images where these are not known
 */
public record GroupGap(
    String best,
    String worst,
    BootstrapEstimate difference,
    BootstrapEstimate ratio,
    Optional<BootstrapEstimate> errorRatio,
    int clusters) {}
