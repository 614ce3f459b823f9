package io.mnist4j.federated.strategy;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Control variates take off what a client's gradients differ by from those of all: a step is y -=
 * rate (g - c_i + c). After K steps from x to y, c_i becomes c_i - c + (x - y) / (K rate), the
 * server's x moves by its rate times the mean of y - x over the clients that answered, and c by the
 * sum of the changes of c_i over the number of all clients (Karimireddy et al., "SCAFFOLD:
 * stochastic controlled averaging for federated learning", 2020, Algorithm 1, option II). All begin
 * at 0, and clients count alike.
 */
@Key("fedavg with control variates against what clients differ by")
public record ScaffoldStrategy(
    @Key(value = "of the server", min = 0, aboveMin = true, max = 100) double learningRate)
    implements Strategy {
  public static final ScaffoldStrategy DEFAULT = new ScaffoldStrategy(1);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public ScaffoldStrategy {
    ConfigKey.requireInRange(ScaffoldStrategy.class, learningRate);
  }

  @Override
  public String key() {
    return "scaffold";
  }

  @Override
  public boolean usesControls() {
    return true;
  }

  @Override
  public boolean weighsByImages() {
    return false;
  }

  @Override
  public float step(float w, double delta, float[][] states, int i) {
    return (float) (w + learningRate * delta);
  }
}
