/**
 * Digits in a picture: ink is told from paper, connected components are found, digits are
 * separated, and each is normalised as MNIST's were. Start reading at {@link
 * io.mnist4j.digits.DigitFinder}. May use {@code data.store} and what that may use.
 */
package io.mnist4j.digits;
