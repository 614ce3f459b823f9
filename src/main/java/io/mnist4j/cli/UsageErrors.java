package io.mnist4j.cli;

import io.mnist4j.cli.shell.Shell;
import io.mnist4j.text.ClosestName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
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
    ArgSpec argument = e.getArgSpec();
    String value = e.getValue();
    if (argument != null && value != null && argument.auxiliaryTypes()[0].isEnum()) {
      return ClosestName.notOneOf(name(argument), Shell.words(argument.auxiliaryTypes()[0]), value);
    }
    if (argument != null && value != null && isNumber(argument.auxiliaryTypes()[0])) {
      return "%s must be a number, not '%s'".formatted(name(argument), value);
    }
    return String.valueOf(e.getMessage());
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    Collection<String> commands = command.getSubcommands().keySet();
    if (e.isUnknownOption()) {
      String option = word.replaceFirst("=.*", "");
      return "unknown option %s%s".formatted(option, question(option, command.getCommandSpec()));
    }
    return commands.isEmpty()
        ? "'%s' is one argument too many".formatted(word)
        : "there is no command '%s'%s".formatted(word, ClosestName.question(word, commands));
  }

  /** The option that is close, or else that begins so: {@code --learning} is far from its end. */
  private static String question(String option, CommandSpec command) {
    List<String> options =
        command.options().stream()
            .flatMap(known -> Stream.of(known.names()))
            .filter(known -> known.startsWith("--"))
            .toList();
    if (option.length() <= 2) {
      return "";
    }
    String close = ClosestName.question(option, options);
    List<String> longer = options.stream().filter(known -> known.startsWith(option)).toList();
    return close.isEmpty() && !longer.isEmpty()
        ? "; did you mean %s?".formatted(String.join(" or ", longer))
        : close;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : "the argument";
  }

  private static boolean isNumber(Class<?> type) {
    return type == int.class || type == double.class || type == Integer.class;
  }
}
