package io.mnist4j.cli;

import io.mnist4j.cli.shell.Shell;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.text.ClosestName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong on a command line, and which word may have been meant. */
final class UsageErrors {
  private UsageErrors() {}

  /** One line without a full stop. */
  static String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(e.getCommandLine(), unmatched);
    }
    if (e instanceof MissingParameterException missing) {
      return missing.getMissing().stream()
          .map(
              argument ->
                  argument.isOption()
                      ? "%s needs a value, %s".formatted(name(argument), argument.paramLabel())
                      : argument.paramLabel() + " is missing")
          .collect(Collectors.joining(", "));
    }
    ArgSpec argument = e.getArgSpec();
    return argument == null || e.getValue() == null
        ? String.valueOf(e.getMessage())
        : wrongValue(argument, e.getValue(), String.valueOf(e.getMessage()));
  }

  private static String wrongValue(ArgSpec argument, String value, String otherwise) {
    String name = name(argument);
    if (argument.auxiliaryTypes()[0].isEnum()) {
      return ClosestName.notOneOf(name, Shell.words(argument.auxiliaryTypes()[0]), value);
    }
    String mustBe = name + " must be %s, not '" + value.replace("%", "%%") + "'";
    return switch (argument.type().getSimpleName()) {
      case "int", "Integer" ->
          mustBe.formatted(value.matches("-?\\d+") ? "a smaller number" : "a whole number");
      case "double", "Double" -> mustBe.formatted("a number");
      case "Map" -> mustBe.formatted(argument.paramLabel());
      case "boolean" -> "%s takes no value, but got '%s'".formatted(name, value);
      default -> value.isEmpty() ? name + " must not be empty" : otherwise;
    };
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    CommandSpec spec = command.getCommandSpec();
    Collection<String> commands = command.getSubcommands().keySet();
    if (e.isUnknownOption()) {
      String option = word.replaceFirst("=.*", "");
      return "unknown option %s%s".formatted(option, question(option, spec));
    }
    if (commands.isEmpty() || !spec.positionalParameters().isEmpty()) {
      boolean setting = word.indexOf('=') > 0 && spec.findOption("--set") != null;
      // What was meant as a command was taken for the argument before it.
      String before =
          spec.positionalParameters().stream()
              .flatMap(argument -> argument.originalStringValues().stream())
              .map(value -> ClosestName.question(value, commands))
              .collect(Collectors.joining());
      return "'%s' is one argument too many%s"
          .formatted(word, setting ? "; did you mean --set %s?".formatted(word) : before);
    }
    return "there is no command '%s'%s".formatted(word, ClosestName.question(word, commands));
  }

  /** The option that is close, or else that begins so: {@code --learning} is far from its end. */
  private static String question(String option, CommandSpec command) {
    if (option.length() <= 2) {
      return "";
    }
    List<String> options =
        command.options().stream()
            .flatMap(known -> Stream.of(known.names()))
            .filter(known -> known.startsWith("--"))
            .toList();
    String close = ClosestName.question(option, options);
    if (!close.isEmpty()) {
      return close;
    }
    List<String> longer = options.stream().filter(known -> known.startsWith(option)).toList();
    if (!longer.isEmpty()) {
      return "; did you mean %s?".formatted(String.join(" or ", longer));
    }
    if (command.parent() == null) {
      return "; a command comes first, such as mnist4j train";
    }
    String part = "." + option.substring(2);
    return ExperimentFile.settingWords().stream()
        .filter(word -> options.contains("--set"))
        .filter(word -> word.contains(part + "=") || word.contains(part + "."))
        .findFirst()
        .map(word -> "; did you mean --set %s?".formatted(word.replaceFirst("=.*", "=VALUE")))
        .orElse("");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : argument.paramLabel().contains("|") ? "the argument" : argument.paramLabel();
  }
}
