package io.mnist4j.cli.terminal;

import java.io.PrintWriter;
import java.util.List;

/**
 * Some lines at the bottom of a terminal that are drawn over again. Draws nothing where stderr is
 * not a terminal.
 */
final class LiveLines implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;

  private final PrintWriter err;
  private final Terminal terminal;
  private int drawn;
  private long lastDrawn = System.nanoTime() - REDRAW_NANOS;
  private boolean ended;

  LiveLines(PrintWriter err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Whether {@link #draw} would draw: at most ten times a second. */
  boolean isDue() {
    return !ended
        && terminal.interactive()
        && (drawn == 0 || System.nanoTime() - lastDrawn >= REDRAW_NANOS);
  }

  /** Draws the lines, each cut to the terminal's width. */
  void draw(List<String> lines) {
    if (!isDue()) {
      return;
    }
    wipe();
    // The last column stays free: a full line would wrap and could not be drawn over.
    int width = terminal.columns() - 1;
    for (String line : lines) {
      err.println(line.length() <= width ? line : line.substring(0, width - 1) + "…");
    }
    err.flush();
    drawn = lines.size();
    lastDrawn = System.nanoTime();
  }

  /** Wipes the lines, so that what follows stands in their place. They may be drawn again. */
  void wipe() {
    if (drawn > 0) {
      err.print("\u001b[" + drawn + "A\r\u001b[J");
      err.flush();
      drawn = 0;
    }
  }

  @Override
  public void close() {
    wipe();
    ended = true;
  }
}
