package io.mnist4j.cli;

/**
 * Whether a person watches stderr, and how wide their window is. The launcher knows: Java itself
 * cannot ask about stderr alone.
 *
 * @param interactive whether stderr is a terminal
 * @param columns width in characters, at least 20
 */
record Terminal(boolean interactive, int columns) {

  static Terminal ofProcess() {
    return new Terminal(
        Boolean.getBoolean("mnist4j.terminal"),
        Math.max(20, Integer.getInteger("mnist4j.columns", 80)));
  }
}
