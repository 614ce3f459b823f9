package io.mnist4j.cli.options;

import io.mnist4j.cli.shell.Shell;
import io.mnist4j.text.ClosestName;
import java.util.Collection;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong on a command line, and which word may have been meant. */
public final class UsageErrors {
  private UsageErrors() {}

  /** One line without a full stop. */
  public static String explain(ParameterException e) {
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
      String question = OtherSpellings.question(option, spec);
      if (spec.parent() == null && question.isEmpty()) {
        question = "; a command comes first, such as mnist4j train";
      }
      return "unknown option %s%s".formatted(option, question);
    }
    if (commands.isEmpty() || !spec.positionalParameters().isEmpty()) {
      return "'%s' is one argument too many".formatted(word);
    }
    return "there is no command '%s'%s".formatted(word, ClosestName.question(word, commands));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName()
        : argument.paramLabel().contains("|") ? "the argument" : argument.paramLabel();
  }
}
