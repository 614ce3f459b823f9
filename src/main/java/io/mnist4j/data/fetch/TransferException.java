package io.mnist4j.data.fetch;

import java.time.Duration;
import java.util.Optional;

/** One try to get a file from a mirror failed. The message is a short reason with no addresses. */
final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What there is to do about it. */
  enum Remedy {
    /** The same request may succeed after a pause. */
    TRY_AGAIN,
    /** What was there of the file is of no use: begin again at its first byte, at once. */
    START_OVER,
    /** This mirror does not have the file. */
    NEXT_MIRROR,
    /** This mirror cannot be reached, for this file and any other. */
    UNREACHABLE
  }

  private final Remedy remedy;
  private final transient Optional<Duration> askedPause;

  TransferException(Remedy remedy, String reason) {
    this(remedy, reason, Optional.empty());
  }

  /**
   * @param askedPause how long the mirror asks not to be asked again
   */
  TransferException(Remedy remedy, String reason, Optional<Duration> askedPause) {
    super(reason);
    this.remedy = remedy;
    this.askedPause = askedPause;
  }

  Remedy remedy() {
    return remedy;
  }

  Optional<Duration> askedPause() {
    return askedPause;
  }
}
