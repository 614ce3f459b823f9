/**
 * What all that runs on a Spark cluster has in common. {@link
 * io.mnist4j.cluster.spark.SparkApplication} takes executors from a cluster and watches them;
 * {@link io.mnist4j.cluster.spark.SentDataset} brings a data set to them. Compiled with {@code
 * -Pspark} alone.
 */
package io.mnist4j.cluster.spark;
