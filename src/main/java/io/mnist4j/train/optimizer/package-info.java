/**
 * How a gradient changes a parameter: optimisers, learning-rate schedules, regularisation and
 * clipping, with their formulas. May use {@code predict} and what that may use.
 */
package io.mnist4j.train.optimizer;
