package io.mnist4j.train.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Momentum without Nesterov's look ahead, which DL4J does not have: v = momentum v - r g; w += v.
 *
 * <p>It works in the place of DL4J's {@link NesterovsUpdater}, whose velocity is the same, and so
 * is the state that a model file keeps.
 */
public final class ClassicalMomentum extends PublishedUpdater<Nesterovs> {
  private final INDArray velocity;

  /**
   * @param stock gives its configuration and its state
   */
  public ClassicalMomentum(NesterovsUpdater stock) {
    super(stock.getConfig(), stock.getState());
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
}
