package io.mnist4j.federated.strategy;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Federated averaging: w += rate delta, which with rate 1 is the mean of the clients' parameters
 * (McMahan et al., "Communication-efficient learning of deep networks from decentralized data",
 * 2017, Algorithm 1).
 */
@Key("the mean of the clients' networks")
public record FedavgStrategy(
    @Key(value = "part of the way to that mean", min = 0, aboveMin = true, max = 100)
        double learningRate)
    implements Strategy {
  public static final FedavgStrategy DEFAULT = new FedavgStrategy(1);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public FedavgStrategy {
    ConfigKey.requireInRange(FedavgStrategy.class, learningRate);
  }

  @Override
  public String key() {
    return "fedavg";
  }

  @Override
  public float step(float w, double delta, float[][] states, int i) {
    return (float) (w + learningRate * delta);
  }
}
