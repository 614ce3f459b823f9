package io.mnist4j.errors;

/**
 * Data that is missing, corrupt, refused or cannot be fetched. The message is one line that says
 * what is wrong, where, and what to do. {@link MissingDataException} tells "not there" from all
 * that is there and wrong.
 */
public sealed class DataException extends Mnist4jException permits MissingDataException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(ExitCode.DATA, message, null);
  }

  public DataException(String message, Throwable cause) {
    super(ExitCode.DATA, message, cause);
  }
}
