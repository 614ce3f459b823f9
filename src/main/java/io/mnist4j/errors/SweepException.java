package io.mnist4j.errors;

/** A sweep's folder that cannot be gone on with. */
public final class SweepException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which file, what is wrong with it, and what to do
   */
  public SweepException(String message) {
    super(message);
  }

  public SweepException(String message, Throwable cause) {
    super(message, cause);
  }
}
