package io.mnist4j.fairness;

/**
 * A figure with the interval that its true value lies in.
 *
 * @param value of all that there is
 * @param low the 2.5 % quantile of the resampled figures
 * @param high the 97.5 % quantile
 */
public record BootstrapEstimate(double value, double low, double high) {}
