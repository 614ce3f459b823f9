package io.mnist4j.issues;

/**
 * Something about a part of a data set as a whole.
 *
 * @param kind a word with hyphens, such as {@code missing-class}
 * @param text one line
 */
public record SetNotice(String kind, String text) {}
