package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script for zsh, as a function for its {@code fpath} that may also be sourced. */
final class ZshCompletion {
  private ZshCompletion() {}

  static String script(CommandSpec root) {
    return Shell.script("completion.zsh")
        .replace(
            "{functions}\n",
            Completable.all(root).stream()
                .map(ZshCompletion::function)
                .collect(Collectors.joining()));
  }

  private static String function(Completable command) {
    List<String> arguments = new ArrayList<>();
    command.options().forEach(option -> arguments.addAll(option(option)));
    command
        .arguments()
        .ifPresent(
            values ->
                arguments.add(
                    Shell.quote((command.takesManyArguments() ? "*" : "") + action(values))));
    if (!command.isGroup()) {
      return "\n%s() {\n  _arguments -s -S%s\n}\n".formatted(command.function(), lines(arguments));
    }
    arguments.add("'1:command:->command'");
    arguments.add("'*::argument:->rest'");
    String commands =
        command.subcommands().stream()
            .map(child -> "        " + Shell.quote(colons(child.name()) + ":" + child.summary()))
            .collect(Collectors.joining("\n"));
    return """

    %s() {
      local state line commands context
      typeset -A opt_args
      _arguments -C -s -S%s && return
      case $state in
        command)
          commands=(
    %s
          )
          _describe command commands
          ;;
        rest)
          (( ! $+functions[%s_${line[1]//-/_}] )) || %s_${line[1]//-/_}
          ;;
      esac
    }
    """
        .formatted(
            command.function(), lines(arguments), commands, command.function(), command.function());
  }

  private static String lines(List<String> arguments) {
    return arguments.stream().map(" \\\n    "::concat).collect(Collectors.joining());
  }

  /** One for each name; each leaves out the others. */
  private static List<String> option(OptionSpec option) {
    List<String> specs = new ArrayList<>();
    String all = String.join(" ", option.names());
    for (String name : option.names()) {
      String others = option.isMultiValue() ? "*" : "(" + all + ")";
      String what = "[" + brackets(Completable.summary(option)) + "]";
      if (Completable.takesValue(option)) {
        what = (name.startsWith("--") ? "=" : "+") + what + action(Values.of(option));
      }
      specs.add(Shell.quote(others + name + what));
    }
    return specs;
  }

  /** {@code :label:what to offer}. */
  private static String action(Values values) {
    List<String> actions = new ArrayList<>();
    // After a word that ends with = the cursor stays where it is.
    Map<Boolean, List<String>> words =
        values.words().stream().collect(Collectors.partitioningBy(word -> word.endsWith("=")));
    if (!words.get(false).isEmpty()) {
      actions.add("compadd -- " + String.join(" ", words.get(false)));
    }
    if (!words.get(true).isEmpty()) {
      actions.add("compadd -S \"\" -- " + String.join(" ", words.get(true)));
    }
    if (values.files()) {
      actions.add("_files");
    } else if (values.folders()) {
      actions.add("_files -/");
    }
    return ":"
        + colons(values.label())
        + ":"
        + (actions.isEmpty() ? " " : "{" + colons(String.join("; ", actions)) + "}");
  }

  private static String colons(String text) {
    return text.replace(":", "\\:");
  }

  private static String brackets(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }
}
