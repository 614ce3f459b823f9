package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script for fish, 3 or newer. */
final class FishCompletion {
  private FishCompletion() {}

  static String script(CommandSpec root) {
    StringBuilder script = new StringBuilder(Shell.script("completion.fish"));
    for (Completable command : Completable.all(root)) {
      String test = (command.isGroup() ? "__mnist4j_at" : "__mnist4j_in") + command.path();
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
    return Stream.of(option.names())
        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String values(Values values) {
    List<String> choices = new ArrayList<>(values.words());
    if (values.folders()) {
      choices.add("(__fish_complete_directories)");
    }
    return (values.files() ? "-F" : "-f")
        + (choices.isEmpty() ? "" : " -a " + quote(String.join(" ", choices)));
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
