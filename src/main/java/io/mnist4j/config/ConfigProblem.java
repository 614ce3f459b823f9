package io.mnist4j.config;

import io.mnist4j.errors.ConfigException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Something that is wrong about a configuration.
 *
 * @param what the key and what is wrong about it
 */
public record ConfigProblem(SourceLocation location, String what) {
  private static final int MOST_SHOWN = 50;

  /** As a user reads them: in the order of the files and of their lines, none twice. */
  public static ConfigException exception(Collection<ConfigProblem> problems) {
    List<String> lines =
        problems.stream()
            .sorted((a, b) -> a.location().compareTo(b.location()))
            .map(problem -> problem.location() + ": " + problem.what())
            .distinct()
            .toList();
    if (lines.size() > MOST_SHOWN) {
      List<String> shown = new ArrayList<>(lines.subList(0, MOST_SHOWN));
      shown.add("and %,d problems more".formatted(lines.size() - MOST_SHOWN));
      return new ConfigException(shown);
    }
    return new ConfigException(lines);
  }
}
