/**
 * The training loop ({@link io.mnist4j.train.Trainer}), its settings, its state, and when it stops.
 * May use {@code train.privacy} and what that may use.
 */
package io.mnist4j.train;
