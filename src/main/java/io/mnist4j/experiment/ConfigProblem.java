package io.mnist4j.experiment;

import java.util.Collection;
import java.util.List;

/**
 * Something that is wrong about a configuration.
 *
 * @param what the key and what is wrong about it
 */
public record ConfigProblem(Place place, String what) {

  /** As a user reads them: in the order of the files and of their lines, none twice. */
  public static ExperimentException exception(Collection<ConfigProblem> problems) {
    List<String> lines =
        problems.stream()
            .sorted((a, b) -> a.place().compareTo(b.place()))
            .map(problem -> problem.place() + ": " + problem.what())
            .distinct()
            .toList();
    return new ExperimentException(lines);
  }
}
