package io.mnist4j.cli.terminal;

import picocli.CommandLine.Model.CommandSpec;

/**
 * Whether stderr is a terminal, and how wide its window is. The launcher knows: Java itself cannot
 * ask about stderr alone.
 *
 * @param interactive whether stderr is a terminal
 * @param color whether it may be written in colour
 * @param columns width in characters, at least 20
 */
public record Terminal(boolean interactive, boolean color, int columns) {
  /** Not a terminal. */
  static final Terminal NONE = new Terminal(false, false, 80);

  /** The terminal that a command's stderr is. */
  public static Terminal of(CommandSpec command) {
    boolean interactive = Boolean.getBoolean("mnist4j.terminal");
    // https://no-color.org: any value that is not empty forbids colour.
    String noColor = CommandContext.of(command).environment().getOrDefault("NO_COLOR", "");
    return new Terminal(
        interactive,
        interactive && noColor.isEmpty(),
        Math.max(20, Integer.getInteger("mnist4j.columns", 80)));
  }
}
