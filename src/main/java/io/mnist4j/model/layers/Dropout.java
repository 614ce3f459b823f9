package io.mnist4j.model.layers;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;

/**
 * In training, sets each value to 0 with some probability and divides the others by the probability
 * of being kept; afterwards it does nothing (Srivastava et al., 2014, with the scaling turned
 * round).
 *
 * @param rate share that is dropped, 0 to below 1, as in Keras
 */
@Key("sets values to 0 at random")
public record Dropout(
    @Key(
            value = "share of the values that is set to 0 in training",
            min = 0,
            max = 1,
            belowMax = true)
        double rate)
    implements LayerSpec {
  /** Half of the values. */
  public static final Dropout DEFAULT = new Dropout(0.5);

  /**
   * @throws IllegalArgumentException if the rate is out of range; the message begins with its key
   */
  public Dropout {
    ConfigKey.requireInRange(Dropout.class, rate);
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public void addTo(NeuralNetConfiguration.ListBuilder network, Shape input) {
    // DL4J counts the other way round: its figure is the probability of being kept.
    network.layer(
        new DropoutLayer.Builder(new org.deeplearning4j.nn.conf.dropout.Dropout(1 - rate)).build());
  }
}
