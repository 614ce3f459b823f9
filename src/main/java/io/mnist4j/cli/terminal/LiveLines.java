package io.mnist4j.cli.terminal;

import io.mnist4j.text.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Some lines at the bottom of a terminal that are drawn over again. Draws nothing where stderr is
 * not a terminal.
 */
final class LiveLines implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int MAX_BAR = 30;

  private final PrintWriter err;
  private final Terminal terminal;
  private int drawn;
  private long lastDrawn;
  private boolean ended;

  LiveLines(PrintWriter err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * Whether {@link #draw} would draw: at most ten times a second. Asked first, it saves the making
   * of texts that would not be drawn.
   */
  synchronized boolean isDue() {
    return !ended
        && terminal.interactive()
        && (drawn == 0 || System.nanoTime() - lastDrawn >= REDRAW_NANOS);
  }

  /** Draws the lines, each cut to the terminal's width. */
  synchronized void draw(List<String> lines) {
    if (!isDue()) {
      return;
    }
    // The last column stays free: a full line would wrap and could not be drawn over.
    int width = terminal.columns() - 1;
    err.print(
        lines.stream()
            .map(Printable::of)
            .map(line -> line.length() <= width ? line : line.substring(0, width - 1) + "…")
            .collect(Collectors.joining(System.lineSeparator(), toStart(), "")));
    err.flush();
    drawn = lines.size();
    lastDrawn = System.nanoTime();
  }

  /**
   * Draws one line: {@code label [=====> ] 42% details}.
   *
   * @param fraction 0 to 1
   */
  void drawBar(String label, double fraction, String details) {
    double clamped = Math.min(1, Math.max(0, fraction));
    String percent = " %3d%% ".formatted((int) (100 * clamped));
    int room = terminal.columns() - 4 - label.length() - percent.length() - details.length();
    int width = Math.min(MAX_BAR, room);
    String bar = "";
    if (width >= 5) {
      int filled = (int) (width * clamped);
      String done = "=".repeat(filled) + (filled < width ? ">" : "");
      bar = " [" + done + " ".repeat(width - done.length()) + "]";
    }
    draw(List.of(label + bar + percent + details));
  }

  /** What brings the cursor to the start of the lines that are drawn, and wipes them. */
  private String toStart() {
    return drawn > 1 ? "\r\u001b[" + (drawn - 1) + "A\u001b[J" : "\r\u001b[K";
  }

  /** Wipes the lines, so that what follows stands in their place. They may be drawn again. */
  synchronized void wipe() {
    if (drawn > 0) {
      err.print(toStart());
      err.flush();
      drawn = 0;
    }
  }

  /** Wipes the lines for good, whatever other threads still draw. */
  @Override
  public synchronized void close() {
    wipe();
    ended = true;
  }
}
