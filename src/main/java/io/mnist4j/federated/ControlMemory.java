package io.mnist4j.federated;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.TrainingInputs;

/** Whether the control variates of all clients fit into the memory that the program may use. */
final class ControlMemory {
  /** What they may take of the Java heap, where each is there twice while a checkpoint is made. */
  private static final double USABLE_HEAP = 0.35;

  private static final long MIB = 1L << 20;

  private ControlMemory() {}

  /**
   * Asks before any is made.
   *
   * @throws ConfigException if they do not fit
   */
  static void check(Federation federation, TrainingInputs inputs, int clients)
      throws ConfigException {
    if (!federation.strategy().usesControls()) {
      return;
    }
    long numbers = inputs.modelSummary().parameters() * clients;
    long bytes = numbers * Float.BYTES;
    if (numbers > Integer.MAX_VALUE - 8L) {
      throw new ConfigException(
          "strategy scaffold keeps %,d MiB of control variates for %,d clients, more than a file of them may have; take fewer clients or a smaller network"
              .formatted(bytes / MIB, clients));
    }
    if (bytes > USABLE_HEAP * Runtime.getRuntime().maxMemory()) {
      throw new ConfigException(
          "strategy scaffold keeps %,d MiB of control variates for %,d clients, and the Java heap has %,d MiB; set MNIST4J_HEAP=%dm"
              .formatted(
                  bytes / MIB,
                  clients,
                  Runtime.getRuntime().maxMemory() / MIB,
                  (long) (bytes / USABLE_HEAP) / MIB + 256));
    }
  }
}
