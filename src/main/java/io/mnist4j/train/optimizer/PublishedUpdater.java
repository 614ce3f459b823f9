package io.mnist4j.train.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * An updater as published, in the place of DL4J's own that is not: with the same configuration and
 * the same state, so that a model file keeps what stock DL4J reads.
 */
abstract class PublishedUpdater<T extends IUpdater> implements GradientUpdater<T> {
  final T config;
  private final Map<String, INDArray> state;

  /**
   * @param config of the stock updater
   * @param state of the stock updater: views of the network's
   */
  PublishedUpdater(T config, Map<String, INDArray> state) {
    this.config = config;
    this.state = Map.copyOf(state);
  }

  @Override
  public final T getConfig() {
    return config;
  }

  @Override
  public final Map<String, INDArray> getState() {
    return state;
  }

  @Override
  public final void setState(Map<String, INDArray> newState, boolean initialize) {
    throw new UnsupportedOperationException("the state is a view of the network's");
  }

  @Override
  public final void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    throw new UnsupportedOperationException("the state is a view of the network's");
  }
}
