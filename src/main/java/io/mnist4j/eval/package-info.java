/**
 * How good a model is: evaluation on labelled images. May import {@code model} and {@code data}.
 */
package io.mnist4j.eval;
