/**
 * The step of a network on a graphics card: parameters, updater state and images stay there, and
 * one graph of kernels (src/main/cuda/step.cu) is a step. May use backend.driver and what
 * train.engine is made of.
 */
package io.mnist4j.train.engine.cuda;
