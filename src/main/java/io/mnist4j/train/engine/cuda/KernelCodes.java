package io.mnist4j.train.engine.cuda;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.train.optimizer.OptimizerSpec.OptimizerName;
import java.util.List;

/** The numbers that step.cu has for what Java has names for. */
final class KernelCodes {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.SIGMOID,
          Activation.RELU,
          Activation.TANH,
          Activation.LEAKY_RELU,
          Activation.ELU,
          Activation.GELU,
          Activation.SWISH,
          Activation.IDENTITY);

  private static final List<OptimizerName> RULES =
      List.of(
          OptimizerName.SGD,
          OptimizerName.MOMENTUM,
          OptimizerName.NESTEROV,
          OptimizerName.ADAM,
          OptimizerName.ADAMW,
          OptimizerName.NADAM,
          OptimizerName.AMSGRAD,
          OptimizerName.RMSPROP,
          OptimizerName.ADAGRAD);

  static final int IDENTITY = of(Activation.IDENTITY);

  private KernelCodes() {}

  /** ActivationName; -1 for softmax, which is no activation of single numbers. */
  static int of(Activation activation) {
    return ACTIVATIONS.indexOf(activation);
  }

  /** Rule. */
  static int of(OptimizerName name) {
    return RULES.indexOf(name);
  }
}
