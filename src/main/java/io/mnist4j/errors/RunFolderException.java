package io.mnist4j.errors;

/** The folder of a run or a sweep that is missing, damaged, in use or begun otherwise. */
public final class RunFolderException extends Mnist4jException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which file, what is wrong with it, and what to do
   */
  public RunFolderException(String message) {
    super(ExitCode.DATA, message, null);
  }

  public RunFolderException(String message, Throwable cause) {
    super(ExitCode.DATA, message, cause);
  }
}
