package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command, as far as completion goes.
 *
 * @param path the words that lead to it; none for the root
 * @param spec what picocli knows of it
 */
record Completable(List<String> path, CommandSpec spec) {

  /** The root and everything below it, each before what is below. */
  static List<Completable> all(CommandSpec root) {
    List<Completable> found = new ArrayList<>();
    collect(new Completable(List.of(), root), found);
    return found;
  }

  private static void collect(Completable command, List<Completable> found) {
    found.add(command);
    command.subcommands().forEach(child -> collect(child, found));
  }

  /** The name of a shell function for it. */
  String function() {
    return "_mnist4j"
        + path.stream().map(word -> "_" + word.replace('-', '_')).reduce("", String::concat);
  }

  String words() {
    return String.join(" ", path);
  }

  String name() {
    return spec.name();
  }

  /** Whether another command must follow. */
  boolean isGroup() {
    return !spec.subcommands().isEmpty();
  }

  List<Completable> subcommands() {
    Set<CommandLine> once = new LinkedHashSet<>(spec.subcommands().values());
    return once.stream()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.usageMessage().hidden())
        .map(child -> new Completable(append(child.name()), child))
        .toList();
  }

  private List<String> append(String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  List<OptionSpec> options() {
    return spec.options().stream().filter(option -> !option.hidden()).toList();
  }

  static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** What its arguments may be; empty where it takes none. */
  Optional<Values> arguments() {
    return spec.positionalParameters().stream().map(Values::of).findFirst();
  }

  boolean takesManyArguments() {
    return spec.positionalParameters().stream().anyMatch(PositionalParamSpec::isMultiValue);
  }

  String summary() {
    return summary(spec.usageMessage().description());
  }

  static String summary(OptionSpec option) {
    return summary(option.description());
  }

  /** The first sentence, without what the default is: a menu is narrow. */
  private static String summary(String[] description) {
    String text = String.format(String.join(" ", description));
    return text.split(" \\(default|; |\\. ", 2)[0].strip().replaceFirst("\\.$", "");
  }
}
