package io.mnist4j.cli.shell;

import picocli.CommandLine.Model.CommandSpec;

/** A shell that completes words by a script. */
public enum Shell {
  BASH,
  ZSH,
  FISH;

  /**
   * A script that completes commands, options, their values and file names.
   *
   * @param root the whole tree of commands
   */
  public String completion(CommandSpec root) {
    return switch (this) {
      case BASH -> BashCompletion.script(root);
      case ZSH -> ZshCompletion.script(root);
      case FISH -> FishCompletion.script(root);
    };
  }

  /** A word that the shell takes as it stands. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
