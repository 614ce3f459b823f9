package io.mnist4j.cli.terminal;

import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.report.text.NumberText;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Shows on stderr how a download goes: a bar on a terminal, else one line a file. A mirror that
 * fails while another one serves is not worth a line; if all fail, the error names them.
 */
public class DataFetchProgress implements FetchListener, AutoCloseable {
  /** In a pipe, decoding fewer is not worth a line. */
  private static final int MANY_PICTURES = 5_000;

  final Console console;
  final LiveLines lines;

  /** Taken by those that follow a fetch with a training; null before. */
  StopSignal signal;

  private String current = "";

  public DataFetchProgress(Console console) {
    this.console = console;
    this.lines = console.liveLines();
  }

  @Override
  public void progress(String file, long bytes, long total) {
    if (!console.interactive() && !file.equals(current)) {
      line("fetching " + file + (total < 0 ? "" : " (" + megabytes(total) + ")"));
    }
    current = file;
    if (total > 0) {
      lines.drawBar(file, (double) bytes / total, megabytes(bytes) + " of " + megabytes(total));
    } else {
      lines.drawBar(file, 0, megabytes(bytes));
    }
  }

  @Override
  public void decoding(String source, int done, int total) {
    if (!console.interactive() && total >= MANY_PICTURES && !source.equals(current)) {
      line(NumberText.format("decoding %,d pictures of %s", total, source));
    }
    current = source;
    lines.drawBar(
        source, (double) done / total, NumberText.format("%,d of %,d pictures", done, total));
  }

  @Override
  public void note(String text) {
    line(text);
  }

  @Override
  public void waiting(Path folder) {
    line("another process is fetching into " + folder + ": waiting for it");
  }

  @Override
  public void retrying(String file, String mirror, String reason, Duration pause) {
    line(
        "%s: %s: %s; trying again in %.1f s"
            .formatted(file, mirror, reason, pause.toMillis() / 1000.0));
  }

  /** MNIST cannot be had, and the embedded digits stand in for it. */
  public void onFallback(String reason) {
    lines.wipe();
    console.warnOfStrokes(reason);
  }

  final void line(String text) {
    lines.wipe();
    console.line(text);
  }

  private static String megabytes(long bytes) {
    return NumberText.format("%.1f MB", bytes / 1e6);
  }

  @Override
  public void close() {
    lines.close();
    if (signal != null) {
      signal.close();
    }
  }
}
