/** Metrics as the event files that TensorBoard reads. Imports {@code train} alone. */
package io.mnist4j.train.tensorboard;
