/**
 * What is trained: layer specifications, the DL4J network that they describe, the tensors that it
 * is fed, and the model archive. {@code foreign} reads what other programs wrote, {@code export}
 * writes for them. May import {@code data}.
 */
package io.mnist4j.model;
