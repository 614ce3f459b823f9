/**
 * Clients of a federation on a Spark cluster. {@link io.mnist4j.federated.spark.SparkClients} makes
 * a job of each round, with a task for each client; {@link
 * io.mnist4j.federated.spark.ExecutorClients} trains them in an executor. Compiled with {@code
 * -Pspark} alone. May import {@code federated} and the packages above it.
 */
package io.mnist4j.federated.spark;
