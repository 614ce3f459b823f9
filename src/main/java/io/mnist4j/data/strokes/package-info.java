/**
 * The embedded data set {@code strokes}: handwritten-looking digits that are drawn, not read, so
 * that a first run needs neither network nor file. A digit is a skeleton ({@code Glyphs}), written
 * by a random hand ({@code Hand}), drawn and centred as MNIST was ({@code Raster}). The same seed
 * gives the same pixels on every machine: all arithmetic is exactly specified by the Java language.
 * Imports only {@code io.mnist4j.data}.
 */
package io.mnist4j.data.strokes;
