package io.mnist4j.energy;

import java.io.IOException;

/** A counter of the energy that a part of the machine has taken. */
interface EnergySensor {
  /** What it counts, such as {@code RAPL package-0}. */
  String name();

  /**
   * Where the counter stands.
   *
   * @return at least 0
   */
  long microjoules() throws IOException;

  /** The count after which it starts again at 0; {@link Long#MAX_VALUE} if it does not. */
  long rangeMicrojoules();
}
