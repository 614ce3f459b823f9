package io.mnist4j.federated.spark;

import io.mnist4j.federated.ClientTask;
import java.io.Serializable;

/**
 * What a client is to do, on its way to an executor, without what all clients of a round share.
 *
 * @param images indices of its training images
 * @param control its own control variate; null where there is none
 */
record SentTask(int client, int[] images, float[] control) implements Serializable {
  /**
   * What all clients of a round share.
   *
   * @param round from 1
   * @param server the parameters that they begin with
   * @param control of the server; null where there is none
   */
  record Shared(int round, float[] server, float[] control) implements Serializable {
    static Shared of(ClientTask task) {
      return new Shared(task.round(), task.server(), task.serverControl());
    }
  }

  static SentTask of(ClientTask task) {
    return new SentTask(task.client(), task.images(), task.control());
  }

  /** The same task on the other side. */
  ClientTask toTask(Shared shared) {
    return new ClientTask(
        client, images, shared.round(), shared.server(), shared.control(), control);
  }
}
