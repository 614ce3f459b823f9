/**
 * How good a model is: predictions for labelled images and the metrics made of them. May use {@code
 * model.export} and what that may use.
 */
package io.mnist4j.eval;
