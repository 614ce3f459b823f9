/**
 * Differential privacy: what a training may tell of any one of its images, the noise that it takes
 * for that ({@link io.mnist4j.train.privacy.RenyiAccountant}), and where chance comes from. May use
 * {@code train.optimizer} and what that may use.
 */
package io.mnist4j.train.privacy;
