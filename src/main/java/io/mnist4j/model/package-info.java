/**
 * What is trained: layer specifications, the DL4J network that they describe, the tensors that it
 * is fed, and the model archive. May import {@code data}.
 */
package io.mnist4j.model;
