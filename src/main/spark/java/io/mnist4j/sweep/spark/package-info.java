/**
 * Trials on a Spark cluster. {@link io.mnist4j.sweep.spark.SparkWorkers} gives them to executors,
 * each as a job of its own; {@link io.mnist4j.sweep.spark.SweepPlugin} is how trials and sweep talk
 * meanwhile. Compiled with {@code -Pspark} alone. May import {@code sweep} and the packages above it.
 */
package io.mnist4j.sweep.spark;
