/**
 * NVIDIA's driver, called directly: its cards, their memory, kernels and graphs. Nothing of the
 * CUDA toolkit is needed. May use errors and the graphics cards of backend.cuda.
 */
package io.mnist4j.backend.driver;
