package io.mnist4j.data.fetch;

import io.mnist4j.text.Durations;
import java.time.Duration;

/** When a fetch has taken long enough. */
final class Deadline {
  private final Duration total;
  private final long endNanos;

  Deadline(Duration total) {
    this.total = total;
    this.endNanos = System.nanoTime() + total.toNanos();
  }

  boolean passed() {
    return System.nanoTime() - endNanos >= 0;
  }

  /** What to say when it has passed. */
  String reason() {
    return "gave up after " + Durations.text(total);
  }
}
