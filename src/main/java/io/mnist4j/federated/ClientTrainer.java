package io.mnist4j.federated;

import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.WorkersException;
import java.util.List;
import java.util.function.Consumer;

/** Has the clients of a round train, here or on other machines. */
public interface ClientTrainer extends AutoCloseable {
  /**
   * Has clients train.
   *
   * @param inOrder gets what they return, in the order of the tasks, on the calling thread, while
   *     later ones may still train
   * @throws DivergedException if a loss becomes infinite or not a number
   * @throws WorkersException if other machines were to do it, and are lost
   */
  void train(List<ClientTask> tasks, Consumer<ClientUpdate> inOrder)
      throws DivergedException, WorkersException;

  /** How many clients train at once; at least 1. */
  int atOnce();

  /** Ends what still trains. */
  @Override
  void close();
}
