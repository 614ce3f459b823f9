/**
 * What a model says of images that have no label: digits and their probabilities. May use {@code
 * eval} and what that may use.
 */
package io.mnist4j.predict;
