package io.mnist4j.errors;

/** What the process tells the shell; scripts rely on these numbers. */
public enum ExitCode {
  OK(0, "Done."),
  INTERNAL_ERROR(
      1, "An internal error, which is a bug: the message names a file that describes it."),
  USAGE(2, "A wrong option, argument or configuration."),
  DATA(3, "A data or model file is missing, corrupt or refused, or a result cannot be written."),
  MISSED(4, "The result misses what was asked for, such as --min-accuracy."),
  DIVERGED(5, "The training diverged: its loss or a parameter is infinite or not a number."),
  BACKEND(6, "The backend, device or cluster that was asked for is not available."),
  /** 128 and the number of the signal, as shells have it. */
  INTERRUPTED(130, "Interrupted by Ctrl-C; the message says how to go on."),
  /** Likewise. */
  TERMINATED(143, "Interrupted by SIGTERM; the message says how to go on.");

  public final int value;

  /** One sentence for the help of the commands. */
  public final String description;

  ExitCode(int value, String description) {
    this.value = value;
    this.description = description;
  }
}
