package io.mnist4j.train.optimizer;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.Objects;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** How gradients change the weights. A setting that the method does not have is ignored. */
public record OptimizerSpec(
    @Key("the method") OptimizerName name,
    @Key(value = "step size that the schedule starts from", min = 0, aboveMin = true, max = 100)
        double learningRate,
    @Key(
            value = "adam, adamw, nadam, amsgrad: decay of the mean of the gradients",
            min = 0,
            max = OptimizerSpec.LARGEST_DECAY)
        double beta1,
    @Key(
            value = "the same: decay of the mean of their squares",
            min = 0,
            max = OptimizerSpec.LARGEST_DECAY)
        double beta2,
    @Key(
            value = "added to the root of that mean, there and in rmsprop and adagrad",
            min = 0,
            aboveMin = true,
            max = 1)
        double epsilon,
    @Key(
            value = "momentum and nesterov: part of the velocity that a step keeps",
            min = 0,
            max = OptimizerSpec.LARGEST_DECAY)
        double momentum,
    @Key(
            value = "rmsprop: decay of the mean of the squares",
            min = 0,
            max = OptimizerSpec.LARGEST_DECAY)
        double decay) {
  /** The largest that is still below 1 in single precision, which the native code computes with. */
  static final double LARGEST_DECAY = 0.9999999;

  /** Adam at 5e-3, with Keras' other constants; the decay is Hinton's. */
  public static final OptimizerSpec DEFAULT =
      new OptimizerSpec(OptimizerName.ADAM, 5e-3, 0.9, 0.999, 1e-7, 0.9, 0.9);

  /**
   * The methods there are. g is the gradient of the batch's mean loss (clipped, and with the
   * penalties of L1 and L2), r the learning rate of the step, t the step from 1, w a weight.
   */
  public enum OptimizerName {
    /** Gradient descent: w -= r g. */
    SGD,
    /**
     * Classical momentum: v = momentum v - r g; w += v. Sutskever et al., "On the importance of
     * initialization and momentum in deep learning" (2013), equations 1 and 2; so does Keras. DL4J
     * has no such updater: see {@link ClassicalMomentum}.
     */
    MOMENTUM,
    /**
     * Nesterov's accelerated gradient, equations 3 and 4 of the same paper. The weights kept are
     * those that the gradient is taken at, w + momentum v in the paper's terms: v = momentum v - r
     * g; w += momentum v - r g.
     */
    NESTEROV,
    /**
     * Kingma and Ba, "Adam: a method for stochastic optimization" (2015), in the form that ends
     * their section 2: w -= r sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). Their
     * Algorithm 1 adds its epsilon after the correction of v instead; Keras does as DL4J does.
     */
    ADAM,
    /**
     * Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), Algorithm 2: Adam, and
     * w -= r decay w beside it, on weights and not on biases. Its decay is the regularization's
     * weight-decay.
     */
    ADAMW,
    /**
     * Dozat, "Incorporating Nesterov momentum into Adam" (2016), with constant beta1. DL4J's own
     * updater forgets the correction of v, which makes its first step 40 times too long: see {@link
     * DozatNadam}.
     */
    NADAM,
    /**
     * Reddi et al., "On the convergence of Adam and beyond" (2018): Adam with the largest v so far.
     * The paper corrects no bias; DL4J, like Keras and PyTorch, keeps Adam's factor sqrt(1 -
     * beta2^t) / (1 - beta1^t).
     */
    AMSGRAD,
    /**
     * Hinton, "Neural networks for machine learning", lecture 6e (2012): s = decay s + (1 - decay)
     * g^2; w -= r g / (sqrt(s) + epsilon). The lecture has no epsilon.
     */
    RMSPROP,
    /**
     * Duchi et al., "Adaptive subgradient methods" (2011), the diagonal form: s += g^2; w -= r g /
     * (sqrt(s) + epsilon).
     */
    ADAGRAD
  }

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public OptimizerSpec {
    Objects.requireNonNull(name, "name");
    ConfigKey.requireInRange(
        OptimizerSpec.class, learningRate, beta1, beta2, epsilon, momentum, decay);
  }

  /** What the network's configuration records: a class of stock DL4J in every case. */
  public IUpdater updater() {
    return switch (name) {
      case SGD -> new Sgd(learningRate);
      case MOMENTUM, NESTEROV -> new Nesterovs(learningRate, momentum);
      case ADAM, ADAMW -> new Adam(learningRate, beta1, beta2, epsilon);
      case NADAM -> new Nadam(learningRate, beta1, beta2, epsilon);
      case AMSGRAD -> new AMSGrad(learningRate, beta1, beta2, epsilon);
      case RMSPROP -> new RmsProp(learningRate, decay, epsilon);
      case ADAGRAD -> new AdaGrad(learningRate, epsilon);
    };
  }
}
