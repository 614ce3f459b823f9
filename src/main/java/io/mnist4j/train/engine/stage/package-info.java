/**
 * What the stages of the fused step have in common, whether they hold feature maps or rows of
 * numbers: their base class, the buffers between them, threads, matrix products, and the changing
 * of parameters. Start reading at {@code Stage} and {@code NetworkFront}. May use {@code
 * train.learner} and what that may use.
 */
package io.mnist4j.train.engine.stage;
