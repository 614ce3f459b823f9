/**
 * What a model says of images that have no label: digits, their probabilities, and which pixels
 * mattered. May use {@code eval} and what that may use.
 */
package io.mnist4j.predict;
