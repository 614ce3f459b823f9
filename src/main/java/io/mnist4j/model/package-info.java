/**
 * What is trained: a network's settings, the DL4J network that they describe, the tensors that it
 * is fed, and a trained model with its provenance. May use {@code model.layers} and what that may
 * use.
 */
package io.mnist4j.model;
