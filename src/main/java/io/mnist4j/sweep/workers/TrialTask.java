package io.mnist4j.sweep.workers;

import io.mnist4j.run.Experiment;

/**
 * A trial that a worker is to carry out.
 *
 * @param trial its number, from 0
 * @param experiment with the name of the data set and the seed
 * @param threads that compute
 * @param repeats trainings, with one seed after another, at least 1
 */
public record TrialTask(int trial, Experiment experiment, int threads, int repeats) {}
