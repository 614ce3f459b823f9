package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script for fish, 3 or newer. */
final class FishCompletion {
  private static final String HEAD =
      """
      # fish completion, written by: mnist4j generate-completion fish

      # Whether the words that are no options begin with these; no command has an option with a value
      # before its subcommand.
      function __mnist4j_in
          set -l words (string match -v -- '-*' (commandline -opc))[2..-1]
          string match -q -- "$argv *" "$words "
      end

      # Whether they are just these, so that another command may follow.
      function __mnist4j_at
          set -l words (string match -v -- '-*' (commandline -opc))[2..-1]
          test "$words" = "$argv"
      end

      complete -c mnist4j -f
      """;

  private FishCompletion() {}

  static String script(CommandSpec root) {
    StringBuilder script = new StringBuilder(HEAD);
    for (Completable command : Completable.all(root)) {
      String test = (command.isGroup() ? "__mnist4j_at " : "__mnist4j_in ") + command.words();
      String start = "complete -c mnist4j -n " + quote(test.strip());
      script.append('\n');
      for (Completable child : command.subcommands()) {
        line(script, start, "-a " + quote(child.name()), "-d " + quote(child.summary()));
      }
      command.arguments().ifPresent(values -> line(script, start, values(values)));
      for (OptionSpec option : command.options()) {
        line(
            script,
            start,
            names(option),
            Completable.takesValue(option) ? "-r " + values(Values.of(option)) : "",
            "-d " + quote(Completable.summary(option)));
      }
    }
    return script.toString();
  }

  private static void line(StringBuilder script, String... parts) {
    List<String> present = List.of(parts).stream().filter(part -> !part.isBlank()).toList();
    script.append(String.join(" ", present)).append('\n');
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    return String.join(" ", names);
  }

  private static String values(Values values) {
    List<String> parts = new ArrayList<>();
    parts.add(values.files() ? "-F" : "-f");
    List<String> choices = new ArrayList<>(values.words());
    if (values.folders()) {
      choices.add("(__fish_complete_directories)");
    }
    if (!choices.isEmpty()) {
      parts.add("-a " + quote(String.join(" ", choices)));
    }
    return String.join(" ", parts);
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
