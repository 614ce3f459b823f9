/**
 * What computes: ND4J on the CPU or on CUDA devices; chosen, loaded and started once. May use
 * {@code backend.cuda} and what that may use.
 */
package io.mnist4j.backend;
