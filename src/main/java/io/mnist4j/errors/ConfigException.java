package io.mnist4j.errors;

import java.util.List;

/** A configuration that cannot be run, with all that is wrong about it. */
public final class ConfigException extends Mnist4jException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems one line each: where, what is wrong, what to do
   */
  public ConfigException(List<String> problems) {
    super(ExitCode.USAGE, String.join("\n", problems), null);
    this.problems = List.copyOf(problems);
  }

  public ConfigException(String problem) {
    this(List.of(problem));
  }

  public ConfigException(String problem, Throwable cause) {
    super(ExitCode.USAGE, problem, cause);
    this.problems = List.of(problem);
  }

  @Override
  public List<String> problems() {
    return problems;
  }
}
