package io.mnist4j.train;

/** Says when the next checkpoint within an epoch is due. */
final class CheckpointInterval {
  private final double seconds;
  private long last = System.nanoTime();

  /**
   * @param seconds between two; 0 for none
   */
  CheckpointInterval(double seconds) {
    this.seconds = seconds;
  }

  /** Whether one is due; if so, the next interval begins. */
  boolean isOver() {
    long now = System.nanoTime();
    if (seconds <= 0 || (now - last) / 1e9 < seconds) {
      return false;
    }
    last = now;
    return true;
  }
}
