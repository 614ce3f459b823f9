package io.mnist4j.errors;

/**
 * Workers that cannot be had, or are lost. The message is one line that says why and what to do.
 */
public final class WorkersException extends Mnist4jException {
  private static final long serialVersionUID = 1L;

  public WorkersException(String message) {
    super(ExitCode.BACKEND, message, null);
  }

  public WorkersException(String message, Throwable cause) {
    super(ExitCode.BACKEND, message, cause);
  }
}
