package io.mnist4j.errors;

/**
 * Data that is missing, corrupt, refused or cannot be fetched. The message is one line that says
 * what is wrong, where, and what to do. {@link MissingDataException} tells "not there" from all
 * that is there and wrong.
 */
public class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
