package io.mnist4j.federated.spark;

import io.mnist4j.errors.DivergedException;
import io.mnist4j.federated.ClientUpdate;
import java.io.Serializable;

/**
 * What came of a client: one of the two, the other is null. Spark would run a task that throws once
 * more, and tell of it as text.
 */
record SentUpdate(ClientUpdate update, DivergedException diverged) implements Serializable {
  /**
   * What the client returns.
   *
   * @throws DivergedException if its loss became infinite or not a number
   */
  ClientUpdate get() throws DivergedException {
    if (diverged != null) {
      throw diverged;
    }
    return update;
  }
}
