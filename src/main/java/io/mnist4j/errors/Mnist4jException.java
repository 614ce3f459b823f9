package io.mnist4j.errors;

import java.util.List;

/**
 * What ends a command for a reason that its user can do something about. The message says in one
 * line what is wrong, where, and what to do.
 */
public abstract sealed class Mnist4jException extends Exception
    permits BackendException,
        ConfigException,
        DataException,
        DivergedException,
        ModelException,
        RunFolderException,
        WorkersException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  Mnist4jException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public final ExitCode exitCode() {
    return exitCode;
  }

  /** All that is wrong, one line each: the message, unless the exception knows of several. */
  public List<String> problems() {
    return List.of(String.valueOf(getMessage()));
  }
}
