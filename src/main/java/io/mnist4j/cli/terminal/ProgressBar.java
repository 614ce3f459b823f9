package io.mnist4j.cli.terminal;

import java.io.PrintWriter;

/**
 * One line at the bottom of a terminal that is drawn over again: {@code label [=====> ] 42%
 * details}. Draws nothing where stderr is not a terminal.
 */
final class ProgressBar implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int MAX_BAR = 30;

  private final PrintWriter err;
  private final Terminal terminal;
  private long lastDrawn;
  private boolean visible;
  private boolean ended;

  ProgressBar(PrintWriter err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Whether {@link #update} would draw. Asked first, it saves the making of texts that would not be
   * drawn.
   */
  synchronized boolean isDue() {
    return !ended
        && terminal.interactive()
        && (!visible || System.nanoTime() - lastDrawn >= REDRAW_NANOS);
  }

  /**
   * Draws the line, at most ten times a second.
   *
   * @param fraction 0 to 1
   */
  synchronized void update(String label, double fraction, String details) {
    if (!isDue()) {
      return;
    }
    lastDrawn = System.nanoTime();
    visible = true;
    err.print("\r\u001b[K" + line(label, fraction, details));
    err.flush();
  }

  private String line(String label, double fraction, String details) {
    double clamped = Math.min(1, Math.max(0, fraction));
    String percent = " %3d%% ".formatted((int) (100 * clamped));
    // The last column stays free: a full line would wrap and could not be drawn over.
    int room = terminal.columns() - 1 - label.length() - percent.length() - details.length() - 3;
    int width = Math.min(MAX_BAR, room);
    if (width < 5) {
      String text = label + percent + details;
      return text.substring(0, Math.min(text.length(), terminal.columns() - 1));
    }
    int filled = (int) (width * clamped);
    String bar = "=".repeat(filled) + (filled < width ? ">" : "");
    return label + " [" + bar + " ".repeat(width - bar.length()) + "]" + percent + details;
  }

  /** Wipes the line, so that what follows starts at the left. The bar may be drawn again. */
  synchronized void wipe() {
    if (visible) {
      err.print("\r\u001b[K");
      err.flush();
      visible = false;
    }
  }

  /** Wipes the line for good, whatever other threads still draw. */
  @Override
  public synchronized void close() {
    wipe();
    ended = true;
  }
}
