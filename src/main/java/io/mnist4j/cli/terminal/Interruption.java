package io.mnist4j.cli.terminal;

import java.io.PrintStream;

/**
 * Says that a signal ended the process before its command was done: without it, Ctrl-C in the first
 * second, before a command takes signals itself, would end in silence.
 */
public final class Interruption {
  private volatile boolean done;

  Interruption() {}

  /** Watches from here on, to the end of the process. */
  public static Interruption watch(PrintStream err) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.say(err), "interruption"));
    return interruption;
  }

  /** At the end of the process: says it unless the command is done. */
  void say(PrintStream err) {
    if (!done) {
      err.printf("mnist4j: interrupted before it was done; no file is left half-written%n");
    }
  }

  /** The command is done, and the process may end. */
  public void done() {
    done = true;
  }
}
