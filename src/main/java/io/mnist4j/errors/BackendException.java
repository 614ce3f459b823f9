package io.mnist4j.errors;

/** ND4J's backend cannot run here. The message is one line that says why and what to do. */
public final class BackendException extends Mnist4jException {
  private static final long serialVersionUID = 1L;

  public BackendException(String message) {
    super(ExitCode.BACKEND, message, null);
  }

  public BackendException(String message, Throwable cause) {
    super(ExitCode.BACKEND, message, cause);
  }
}
