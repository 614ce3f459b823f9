package io.mnist4j.errors;

/**
 * A model file that is missing, corrupt or not ours. The message is one line that says what is
 * wrong, where, and what to do.
 */
public final class ModelException extends Mnist4jException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(ExitCode.DATA, message, null);
  }

  public ModelException(String message, Throwable cause) {
    super(ExitCode.DATA, message, cause);
  }
}
