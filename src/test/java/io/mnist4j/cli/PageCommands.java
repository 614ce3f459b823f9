package io.mnist4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands that a page of the documents shows. */
final class PageCommands {
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");

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
}
