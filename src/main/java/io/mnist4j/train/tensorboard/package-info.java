/**
 * Metrics as the event files that TensorBoard reads. May use {@code train.engine} and what that may
 * use.
 */
package io.mnist4j.train.tensorboard;
