package io.mnist4j.cli.options;

import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.run.ConfigFiles;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.text.ClosestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Finds what a word may mean that is no option or argument of a command: a misspelling, the path of
 * a setting, or what another trainer calls it. Nothing is proposed that the command does not take.
 */
public final class OtherSpellings {
  private static final String SETTING = "[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*=.*";

  /** Read when the first word is unknown. */
  private static final List<Spelling> TABLE = read();

  private OtherSpellings() {}

  /**
   * A line of the table.
   *
   * @param names what others call it, without dashes before it
   * @param meanings what it may be here, the likeliest first
   */
  public record Spelling(List<String> names, List<String> meanings) {}

  /** All that is known of other trainers. */
  public static List<Spelling> table() {
    return TABLE;
  }

  private static List<Spelling> read() {
    String text;
    try {
      // Under spark-submit the library has another class loader than this program.
      text =
          IOUtils.resourceToString(
              "io/mnist4j/cli/options/other-spellings.txt",
              StandardCharsets.UTF_8,
              OtherSpellings.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("a part of the program is missing", e);
    }
    return text.lines()
        .filter(line -> line.contains(" -> "))
        .map(line -> line.split(" -> ", 2))
        .map(sides -> new Spelling(List.of(sides[0].split(" ")), List.of(sides[1].split(" \\| "))))
        .toList();
  }

  /** Whether a word has the form {@code key.path=value}. */
  public static boolean isSetting(String word) {
    return word.matches("(?s)" + SETTING);
  }

  /**
   * What an unknown option may mean, to end a message with; empty where nothing is known.
   *
   * @param option such as {@code --batch_size}, without its value
   */
  public static String question(String option, CommandSpec command) {
    String name = kebabCase(option.replaceFirst("^-+", ""));
    List<String> options =
        command.options().stream()
            .flatMap(known -> Stream.of(known.names()))
            .filter(known -> known.startsWith("--"))
            .map(known -> known.substring(2))
            .toList();
    if (options.contains(name)) {
      return didYouMean("--" + name);
    }
    Optional<String> other = meaning(name, command);
    if (other.isPresent() || name.length() < 2) {
      return other.orElse("");
    }
    Optional<String> close = ClosestName.to(name, options);
    if (close.isPresent()) {
      return didYouMean("--" + close.get());
    }
    List<String> longer =
        options.stream().filter(known -> known.startsWith(name)).map("--"::concat).toList();
    if (!longer.isEmpty()) {
      return didYouMean(String.join(" or ", longer));
    }
    return command.findOption("--set") == null ? "" : questionOfKey(name);
  }

  /** The first meaning of another trainer's name that the command takes. */
  private static Optional<String> meaning(String name, CommandSpec command) {
    return TABLE.stream()
        .filter(line -> line.names().contains(name))
        .flatMap(line -> line.meanings().stream())
        .filter(meaning -> fits(meaning, command))
        .findFirst()
        .map(OtherSpellings::sentence);
  }

  /** Whether a command takes what a meaning names; a remark fits where there is much to set. */
  public static boolean fits(String meaning, CommandSpec command) {
    if (meaning.startsWith("--")) {
      return command.findOption(meaning.replaceFirst(" .*", "")) != null;
    }
    if (meaning.startsWith("\"") || meaning.contains("=")) {
      return command.findOption("--set") != null;
    }
    return command.positionalParameters().stream()
        .anyMatch(argument -> List.of(argument.paramLabel().split("\\|")).contains(meaning));
  }

  private static String sentence(String meaning) {
    if (meaning.startsWith("\"")) {
      return "; " + meaning.substring(1);
    }
    return meaning.equals(meaning.toUpperCase(Locale.ROOT))
        ? "; give the %s without an option".formatted(meaning)
        : didYouMean(meaning);
  }

  /** The key that ends with a name, or nearly so. */
  private static String questionOfKey(String name) {
    List<String> keys =
        ExperimentFile.settingWords().stream()
            .map(word -> word.replaceFirst("=.*", ""))
            .distinct()
            .toList();
    String part = "." + name;
    List<String> last = keys.stream().map(key -> key.substring(key.lastIndexOf('.') + 1)).toList();
    return keys.stream()
        .filter(key -> key.endsWith(part))
        .findFirst()
        .or(() -> ClosestName.to(name, last).map(close -> keys.get(last.indexOf(close))))
        .or(() -> keys.stream().filter(key -> key.contains(part + ".")).findFirst())
        .map(key -> didYouMean(key + "=VALUE"))
        .orElse("");
  }

  /** What an argument may mean where there is no place for one. */
  static String questionOfArgument(String word, CommandSpec command) {
    // What was meant as a command was taken for the argument before it.
    for (ArgSpec argument : command.positionalParameters()) {
      for (String value : argument.originalStringValues()) {
        String question = ClosestName.question(value, command.subcommands().keySet());
        if (!question.isEmpty()) {
          return question;
        }
      }
    }
    if (command.findOption("--config") != null) {
      if (ConfigFiles.names().contains(word) || word.matches(".+\\.ya?ml")) {
        return didYouMean("--config " + word);
      }
      if (Catalogue.names().contains(word) || Files.isDirectory(Path.of(word))) {
        return didYouMean("--dataset " + word);
      }
    }
    return "; settings are written KEY=VALUE, such as training.epochs=3";
  }

  private static String didYouMean(String meaning) {
    return "; did you mean " + meaning + "?";
  }

  /** {@code batch_size} and {@code batchSize} as we write it. */
  private static String kebabCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }
}
