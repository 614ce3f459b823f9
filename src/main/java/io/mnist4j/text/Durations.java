package io.mnist4j.text;

import java.time.Duration;

/** Durations in messages. */
public final class Durations {
  private Durations() {}

  /** Such as {@code 20 s}, {@code 0.25 s} or {@code 30 min}. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis >= 60_000 && millis % 60_000 == 0) {
      return millis / 60_000 + " min";
    }
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
  }
}
