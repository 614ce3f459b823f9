/** Metrics as the event files that TensorBoard reads. Imports nothing of ours. */
package io.mnist4j.train.tensorboard;
