/**
 * Layers on images: convolutions, pooling and what goes with them. May use {@code stage} and {@code
 * kernels}.
 */
package io.mnist4j.train.engine.maps;
