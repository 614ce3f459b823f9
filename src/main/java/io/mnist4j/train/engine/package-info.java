/**
 * Steps of a training that are ours: what a stack of dense layers is trained with, in place of
 * DL4J's own step. A batch goes forward through the {@code FusedLayer}s and back; {@code
 * WorkerPool} divides the work among threads. Start reading at {@code FusedLearner}. May use {@code
 * train.learner} and what that may use.
 */
package io.mnist4j.train.engine;
