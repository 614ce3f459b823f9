package io.mnist4j.errors;

/** What the process tells the shell; scripts rely on these numbers. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** A bug of ours; the stack trace is in a file that the error line names. */
  INTERNAL_ERROR(1),
  /** Wrong option, argument or configuration. */
  USAGE(2),
  /** A data or model file is missing, corrupt or refused, or a result cannot be written. */
  DATA(3),
  /** The result misses what was asked for. */
  MISSED(4),
  /** The loss or a parameter became infinite or not a number. */
  DIVERGED(5),
  /** ND4J's backend cannot run on this machine. */
  BACKEND(6);

  public final int value;

  ExitCode(int value) {
    this.value = value;
  }
}
