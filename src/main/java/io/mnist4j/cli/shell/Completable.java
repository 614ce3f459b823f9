package io.mnist4j.cli.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command, as far as completion goes.
 *
 * @param spec what picocli knows of it
 */
record Completable(CommandSpec spec) {

  /** The root and everything below it, each before what is below. */
  static List<Completable> all(CommandSpec root) {
    return new Completable(root).withAllBelow().toList();
  }

  private Stream<Completable> withAllBelow() {
    return Stream.concat(
        Stream.of(this), subcommands().stream().flatMap(Completable::withAllBelow));
  }

  /** The name of a shell function for it. */
  String function() {
    return "_" + spec.qualifiedName("_").replace('-', '_');
  }

  /** The words that lead to it, each after a space; none for the root. */
  String path() {
    return spec.qualifiedName().substring(spec.root().name().length());
  }

  String name() {
    return spec.name();
  }

  /** Whether another command must follow. */
  boolean isGroup() {
    return !spec.subcommands().isEmpty();
  }

  List<Completable> subcommands() {
    return spec.subcommands().values().stream()
        .distinct()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.usageMessage().hidden())
        .map(Completable::new)
        .toList();
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
