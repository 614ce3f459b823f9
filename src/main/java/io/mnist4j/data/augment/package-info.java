/**
 * Training images, bent a little differently each time they are seen, so that a network does not
 * learn them by heart. {@link io.mnist4j.data.augment.AugmentationSpec} says how much, {@link
 * io.mnist4j.data.augment.Augmenter} does it. The same seed gives the same pixels on every machine:
 * all arithmetic is exactly specified by the Java language. May use {@code data.fetch} and what
 * that may use.
 */
package io.mnist4j.data.augment;
