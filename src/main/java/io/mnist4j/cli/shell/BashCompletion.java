package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script for bash, 3.2 or newer, with or without the package bash-completion. */
final class BashCompletion {
  private BashCompletion() {}

  static String script(CommandSpec root) {
    List<String> commands = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (Completable command : Completable.all(root)) {
      String path = command.path();
      commands.add(commandCase(path, command));
      for (OptionSpec option : command.options()) {
        if (Completable.takesValue(option)) {
          options.add(optionCase(path, option));
        }
      }
    }
    return Shell.script("completion.bash")
        .replace("{commands}", String.join("", commands))
        .replace("{options}", String.join("", options));
  }

  private static String commandCase(String path, Completable command) {
    String options =
        command.options().stream()
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.joining(" "));
    String subcommands =
        command.subcommands().stream().map(Completable::name).collect(Collectors.joining(" "));
    String arguments = command.arguments().map(BashCompletion::assignments).orElse("");
    return "    '%s')\n      options=%s\n%s%s      ;;\n"
        .formatted(
            path,
            Shell.quote(options),
            subcommands.isEmpty() ? "" : "      subcommands=" + Shell.quote(subcommands) + "\n",
            arguments.isEmpty() ? "" : "      " + arguments + "\n");
  }

  private static String optionCase(String path, OptionSpec option) {
    String names =
        Stream.of(option.names())
            .map(name -> Shell.quote(path + " " + name))
            .collect(Collectors.joining(" | "));
    return "    %s) %s ;;\n".formatted(names, assignments(Values.of(option)));
  }

  private static String assignments(Values values) {
    String words = String.join(" ", values.words());
    return Stream.of(
            words.isEmpty() ? "" : "values=" + Shell.quote(words),
            values.files() ? "files=yes" : "",
            values.folders() ? "folders=yes" : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
