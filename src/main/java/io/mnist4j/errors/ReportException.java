package io.mnist4j.errors;

/** A run that cannot be shown. The message is one line that says what is wrong and where. */
public final class ReportException extends Exception {
  private static final long serialVersionUID = 1L;

  public ReportException(String message) {
    super(message);
  }

  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
