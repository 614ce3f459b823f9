/**
 * Why a model says what it says: which ink speaks for its answer, the least ink that changes it,
 * and how far such explanations can be trusted. May use {@code issues} and what that may use.
 */
package io.mnist4j.explain;
