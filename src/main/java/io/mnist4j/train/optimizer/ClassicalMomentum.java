package io.mnist4j.train.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Momentum without Nesterov's look ahead, which DL4J does not have: v = momentum v - r g; w += v.
 *
 * <p>It works in the place of DL4J's {@link NesterovsUpdater}, whose velocity is the same, and so
 * is the state that a model file keeps.
 */
public final class ClassicalMomentum implements GradientUpdater<Nesterovs> {
  private final Nesterovs config;
  private final INDArray velocity;

  /**
   * @param stock whose configuration and state it goes on with
   */
  public ClassicalMomentum(NesterovsUpdater stock) {
    config = stock.getConfig();
    velocity = stock.getState().get(NesterovsUpdater.V_STATE);
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    double rate = config.getLearningRate(iteration, epoch);
    velocity.muli(config.currentMomentum(iteration, epoch));
    Nd4j.exec(new Axpy(gradient, velocity, velocity, -rate));
    // DL4J subtracts what the gradient has become.
    gradient.assign(velocity).negi();
  }

  @Override
  public Nesterovs getConfig() {
    return config;
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(NesterovsUpdater.V_STATE, velocity);
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    throw new UnsupportedOperationException("the state is a view of the network's");
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    throw new UnsupportedOperationException("the state is a view of the network's");
  }
}
