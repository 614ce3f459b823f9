package io.mnist4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands that a page of the documents shows. */
final class PageCommands {
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private PageCommands() {}

  /** The lines of the page's shell blocks that start the program, in their order. */
  static List<String> of(Path page) throws IOException {
    return SHELL
        .matcher(Files.readString(page))
        .results()
        .map(MatchResult::group)
        .flatMap(String::lines)
        .filter(line -> line.startsWith("scripts/mnist4j "))
        .toList();
  }

  /**
   * The words after the program's name, as a shell takes them; no comment, no file for stdout; to
   * be changed.
   */
  static List<String> words(String line) {
    String bare = line.replaceFirst(" #.*", "").replaceFirst(" > .*", "");
    return WORD.matcher(bare.replace("scripts/mnist4j ", ""))
        .results()
        .map(word -> word.group().replaceAll("^[\"']|[\"']$", ""))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
