package io.mnist4j.federated.strategy;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Adam on the server, with the clients' delta in place of a gradient: m = beta1 m + (1 - beta1)
 * delta; v = beta2 v + (1 - beta2) delta^2; w += rate m / (sqrt(v) + tau). No bias is corrected,
 * and v begins at tau^2 (Reddi et al., "Adaptive federated optimization", 2021, Algorithm 2; as in
 * its experiments clients are weighted by their images).
 */
@Key("fedavg with Adam on the server")
public record FedadamStrategy(
    @Key(value = "of the server", min = 0, aboveMin = true, max = 100) double learningRate,
    @Key(value = "decay of the mean of the deltas", min = 0, max = 1, belowMax = true) double beta1,
    @Key(value = "decay of the mean of their squares", min = 0, max = 1, belowMax = true)
        double beta2,
    @Key(value = "added to the root of that mean", min = 0, aboveMin = true, max = 1) double tau)
    implements Strategy {
  public static final FedadamStrategy DEFAULT = new FedadamStrategy(0.01, 0.9, 0.99, 1e-3);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public FedadamStrategy {
    ConfigKey.requireInRange(FedadamStrategy.class, learningRate, beta1, beta2, tau);
  }

  @Override
  public String key() {
    return "fedadam";
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public float firstState(int state) {
    return state == 0 ? 0 : (float) (tau * tau);
  }

  @Override
  public float step(float w, double delta, float[][] states, int i) {
    float mean = (float) (beta1 * states[0][i] + (1 - beta1) * delta);
    float square = (float) (beta2 * states[1][i] + (1 - beta2) * delta * delta);
    states[0][i] = mean;
    states[1][i] = square;
    return (float) (w + learningRate * mean / (Math.sqrt(square) + tau));
  }
}
