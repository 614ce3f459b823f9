package io.mnist4j.train.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.NadamUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Nadam as published: Dozat, "Incorporating Nesterov momentum into Adam" (2016), Algorithm 2, with
 * its momentum schedule constant.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * w -= r (beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t))
 *        / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>It works in the place of DL4J's {@link NadamUpdater}, which divides by sqrt(v) uncorrected: at
 * beta2 = 0.999 its first step is 60 learning rates long, the published one 1.5. m and v are the
 * same in both, and so is the state that a model file keeps.
 */
public final class DozatNadam extends PublishedUpdater<Nadam> {
  private final INDArray m;
  private final INDArray v;

  /**
   * @param stock gives its configuration and its state
   */
  public DozatNadam(NadamUpdater stock) {
    super(stock.getConfig(), stock.getState());
    m = stock.getM();
    v = stock.getV();
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    double rate = config.getLearningRate(iteration, epoch);
    double beta1 = config.getBeta1();
    double beta2 = config.getBeta2();
    int t = iteration + 1;
    m.muli(beta1);
    Nd4j.exec(new Axpy(gradient, m, m, 1 - beta1));
    v.muli(beta2);
    Nd4j.exec(new Axpy(gradient.mul(gradient), v, v, 1 - beta2));
    INDArray root = Transforms.sqrt(v, true);
    root.divi(Math.sqrt(1 - Math.pow(beta2, t))).addi(config.getEpsilon());
    gradient.muli(rate * (1 - beta1) / (1 - Math.pow(beta1, t)));
    Nd4j.exec(new Axpy(m, gradient, gradient, rate * beta1 / (1 - Math.pow(beta1, t + 1))));
    gradient.divi(root);
  }
}
