package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A manual page in roff with the macros of man(7), written from what {@code --help} is written
 * from. picocli's own generator writes AsciiDoc, and what makes roff of that is 35 MB of Ruby.
 *
 * @param name such as {@code mnist4j-data-fetch}
 * @param text what {@code man} renders
 */
public record ManPage(String name, String text) {

  /**
   * The pages of a command and of all below it.
   *
   * @param root the whole tree of commands
   * @param version of the program
   */
  public static List<ManPage> all(CommandSpec root, String version) {
    return Completable.all(root).stream().map(command -> page(root, command, version)).toList();
  }

  private static ManPage page(CommandSpec root, Completable command, String version) {
    String name = command.spec().qualifiedName("-");
    List<String> lines = new ArrayList<>();
    lines.add(
        ".TH \"%s\" 1 \"\" \"mnist4j %s\" \"mnist4j\""
            .formatted(escape(name.toUpperCase(Locale.ROOT)), escape(version)));
    // Neither words cut in two nor gaps to fill the line.
    lines.add(".nh\n.ad l");
    lines.add(".SH NAME");
    lines.add(escape(name + " - " + command.summary()));
    lines.add(".SH SYNOPSIS");
    lines.add(synopsis(command));
    lines.add(".SH DESCRIPTION");
    lines.add(text(command.spec().usageMessage().description()));
    arguments(command, lines);
    subcommands(command, lines);
    options(command, lines);
    exitCodes(command, lines);
    footer(command, lines);
    lines.add(".SH SEE ALSO");
    lines.add(
        Completable.all(root).stream()
            .map(other -> other.spec().qualifiedName("-"))
            .filter(other -> !other.equals(name))
            .map(other -> bold(other) + "(1)")
            .collect(Collectors.joining(",\n")));
    return new ManPage(name, String.join("\n", lines) + "\n");
  }

  private static String synopsis(Completable command) {
    Stream<String> options =
        command.options().stream()
            .map(option -> "[" + name(option, option.longestName()).replace(" ", "\\~") + "]");
    Stream<String> arguments =
        command.isGroup()
            ? Stream.of(italic("COMMAND"))
            : command.spec().positionalParameters().stream().map(ManPage::argument);
    return Stream.of(Stream.of(bold(command.spec().qualifiedName())), options, arguments)
        .flatMap(parts -> parts)
        .collect(Collectors.joining("\n"));
  }

  private static String argument(PositionalParamSpec argument) {
    String label = italic(argument.paramLabel()) + (argument.isMultiValue() ? "..." : "");
    return argument.arity().min() == 0 ? "[" + label + "]" : label;
  }

  private static void arguments(Completable command, List<String> lines) {
    if (command.isGroup() || command.spec().positionalParameters().isEmpty()) {
      return;
    }
    lines.add(".SH ARGUMENTS");
    for (PositionalParamSpec argument : command.spec().positionalParameters()) {
      entry(italic(argument.paramLabel()), text(argument.description()), lines);
    }
  }

  private static void subcommands(Completable command, List<String> lines) {
    if (command.isGroup()) {
      lines.add(".SH COMMANDS");
      for (Completable child : command.subcommands()) {
        String page = child.spec().qualifiedName("-");
        entry(
            bold(child.name()),
            text(child.spec().usageMessage().description()) + "\nSee\n" + bold(page) + "(1).",
            lines);
      }
    }
  }

  private static void options(Completable command, List<String> lines) {
    lines.add(".SH OPTIONS");
    for (OptionSpec option : command.options()) {
      entry(
          Stream.of(option.names())
              .map(option.names().length == 1 ? n -> name(option, n) : ManPage::bold)
              .collect(Collectors.joining(", "))
              .concat(option.names().length == 1 ? "" : value(option, option.longestName())),
          text(option.description()),
          lines);
    }
  }

  private static void exitCodes(Completable command, List<String> lines) {
    lines.add(".SH EXIT STATUS");
    command
        .spec()
        .usageMessage()
        .exitCodeList()
        .forEach((code, description) -> entry(bold(code), escape(description), lines));
  }

  /** Examples up to an empty line, and what else there is to say. */
  private static void footer(Completable command, List<String> lines) {
    List<String> footer =
        Stream.of(command.spec().usageMessage().footer())
            .flatMap(text -> Stream.of(text.formatted().split("\n", -1)))
            .toList();
    if (footer.isEmpty()) {
      return;
    }
    int end = footer.indexOf("");
    List<String> examples = end < 0 ? footer : footer.subList(0, end);
    lines.add(".SH EXAMPLES\n.nf");
    examples.forEach(line -> lines.add(escape(line.strip())));
    lines.add(".fi");
    if (end >= 0) {
      lines.add(".SH NOTES");
      footer.subList(end + 1, footer.size()).forEach(line -> lines.add(escape(line.strip())));
    }
  }

  private static void entry(String what, String text, List<String> lines) {
    lines.add(".TP\n" + what + "\n" + text);
  }

  private static String name(OptionSpec option, String name) {
    return bold(name) + value(option, name);
  }

  private static String value(OptionSpec option, String name) {
    if (!Completable.takesValue(option)) {
      return "";
    }
    return (name.startsWith("--") ? "=" : " ") + italic(option.paramLabel());
  }

  private static String text(String[] description) {
    return escape(String.format(String.join(" ", description)));
  }

  private static String bold(String text) {
    return "\\fB" + escape(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escape(text) + "\\fR";
  }

  /** Nothing in it is a command to roff, and a hyphen is one that can be typed. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", "\n.br\n");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
