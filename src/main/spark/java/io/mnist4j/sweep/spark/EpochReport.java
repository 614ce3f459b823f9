package io.mnist4j.sweep.spark;

import io.mnist4j.train.EpochMetrics;
import java.io.Serializable;

/**
 * What an executor tells the driver; the answer is whether the trial is to go on.
 *
 * @param trial its number
 */
record EpochReport(int trial, EpochMetrics epoch) implements Serializable {}
