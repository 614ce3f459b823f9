package io.mnist4j.federated.strategy;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Federated averaging with momentum on the server: v = momentum v + delta; w += rate v (Hsu, Qi and
 * Brown, "Measuring the effects of non-identical data distribution for federated visual
 * classification", 2019, section 4.3).
 */
@Key("fedavg with momentum on the server")
public record FedavgmStrategy(
    @Key(value = "part of the velocity that a round keeps", min = 0, max = 1, belowMax = true)
        double momentum,
    @Key(value = "of the server", min = 0, aboveMin = true, max = 100) double learningRate)
    implements Strategy {
  public static final FedavgmStrategy DEFAULT = new FedavgmStrategy(0.9, 1);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public FedavgmStrategy {
    ConfigKey.requireInRange(FedavgmStrategy.class, momentum, learningRate);
  }

  @Override
  public String key() {
    return "fedavgm";
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public float step(float w, double delta, float[][] states, int i) {
    float velocity = (float) (momentum * states[0][i] + delta);
    states[0][i] = velocity;
    return (float) (w + learningRate * velocity);
  }
}
