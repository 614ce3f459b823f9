package io.mnist4j.errors;

/** ND4J's backend cannot run here. The message is one line that says why and what to do. */
public final class BackendException extends Exception {
  private static final long serialVersionUID = 1L;

  public BackendException(String message) {
    super(message);
  }

  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
