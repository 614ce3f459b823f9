package io.mnist4j.sweep.workers;

import java.io.Serializable;

/**
 * A trial as it is handed to whoever carries it out, on this machine or another.
 *
 * @param trial its number, from 0
 * @param experiment the complete experiment file, which names data set and seed
 * @param threads that compute
 */
public record TrialTask(int trial, String experiment, int threads) implements Serializable {}
