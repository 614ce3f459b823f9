/**
 * Steps of a training that are ours, in place of DL4J's own step. A batch goes forward through the
 * {@code Stage}s of the network and back: a {@code NetworkFront}, then {@code FlatLayer}s. Start
 * reading at {@code FusedLearner}. May use {@code train.learner}, {@code train.engine.stage} and
 * what these may use.
 */
package io.mnist4j.train.engine;
