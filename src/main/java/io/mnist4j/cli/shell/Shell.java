package io.mnist4j.cli.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
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

  /** The constants of an enum as they are typed: {@code KERAS_H5} is {@code keras-h5}. */
  public static List<String> words(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  /** What of a script is the same whatever the commands are. */
  static String script(String resource) {
    try {
      return IOUtils.resourceToString(
          "io/mnist4j/cli/shell/" + resource, StandardCharsets.UTF_8, Shell.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("a part of the program is missing", e);
    }
  }

  /** A word that the shell takes as it stands. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
