/**
 * The fused step: what a stack of dense layers learns with, in place of DL4J's own step. A batch
 * goes through the {@code Stage}s and back; {@code Crew} divides the work among threads.
 */
package io.mnist4j.train.fused;
