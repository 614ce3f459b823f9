package io.mnist4j.predict;

import io.mnist4j.digits.Digit;

/**
 * What a network reads at a place of a picture.
 *
 * @param digit where it was found, and what the network saw
 * @param prediction what the network said
 */
public record RecognizedDigit(Digit digit, Prediction prediction) {}
