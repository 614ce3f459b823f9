package io.mnist4j.federated.strategy;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Federated averaging where each client also minimises mu/2 |w - w_server|^2, which keeps it from
 * going far on its own (Li et al., "Federated optimization in heterogeneous networks", 2020,
 * Algorithm 2; its clients are all chosen alike and weighted by their images).
 */
@Key("fedavg with clients that are pulled back to the server's network")
public record FedproxStrategy(
    @Key(value = "how strongly; with 0 it is fedavg", min = 0, max = 1000) double mu)
    implements Strategy {
  public static final FedproxStrategy DEFAULT = new FedproxStrategy(0.01);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public FedproxStrategy {
    ConfigKey.requireInRange(FedproxStrategy.class, mu);
  }

  @Override
  public String key() {
    return "fedprox";
  }

  @Override
  public double pull() {
    return mu;
  }

  @Override
  public float step(float w, double delta, float[][] states, int i) {
    return (float) (w + delta);
  }
}
