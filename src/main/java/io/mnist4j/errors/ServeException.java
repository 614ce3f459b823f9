package io.mnist4j.errors;

/** A server cannot be started as it was asked for. */
public final class ServeException extends Exception {
  private static final long serialVersionUID = 1;

  public ServeException(String message, Throwable cause) {
    super(message, cause);
  }
}
