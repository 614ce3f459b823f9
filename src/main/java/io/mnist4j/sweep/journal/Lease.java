package io.mnist4j.sweep.journal;

import java.time.Duration;

/**
 * For how long an agent may be silent.
 *
 * @param beat after which it gives a sign of life again
 * @param expiry after which the others take it for dead; several times as long
 */
public record Lease(Duration beat, Duration expiry) {
  /** Network file systems may show a file as it was half a minute ago. */
  public static final Lease DEFAULT = new Lease(Duration.ofSeconds(5), Duration.ofSeconds(60));
}
