/**
 * The embedded data set {@code strokes}: handwritten-looking digits that are drawn, not read, so
 * that a first run needs neither network nor file. A digit is a skeleton ({@code Glyphs}), written
 * in a random style ({@code HandwritingStyle}), drawn and centred as MNIST was ({@code Raster}).
 * The same seed gives the same pixels on every machine: all arithmetic is exactly specified by the
 * Java language. May use {@code data.augment} and what that may use.
 */
package io.mnist4j.data.strokes;
