/**
 * How a network learns: the training loop, its settings, the run directory, the native threads. May
 * import {@code eval}, {@code model} and {@code data}.
 */
package io.mnist4j.train;
