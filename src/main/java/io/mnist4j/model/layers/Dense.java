package io.mnist4j.model.layers;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/**
 * A fully connected layer: activation(x · W + b), b zero at first. Takes a row of numbers.
 *
 * @param units outputs of the layer, at least 1
 * @param weightInit how W is drawn
 */
@Key("a fully connected layer")
public record Dense(
    @Key(value = "outputs of the layer", min = 1) int units,
    @Key("what its outputs go through") Activation activation,
    @Key("the distribution that its weights start from") WeightInit weightInit)
    implements LayerSpec {
  /** What a configuration file need not say. */
  public static final Dense DEFAULT = new Dense(128, Activation.RELU, WeightInit.GLOROT_UNIFORM);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public Dense {
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(weightInit, "weightInit");
    ConfigKey.requireInRange(Dense.class, units);
  }

  @Override
  public Shape output(Shape input) {
    requireFlat(input, "dense");
    return new Shape.Flat(units);
  }

  @Override
  public long trainedParameters(Shape input) {
    return parameters(input, units);
  }

  @Override
  public void addTo(NeuralNetConfiguration.ListBuilder network, Shape input) {
    network.layer(
        new DenseLayer.Builder()
            .nIn(input.size())
            .nOut(units)
            .activation(activation.nd4j())
            .weightInit(weightInit.dl4j())
            .build());
  }

  /** Of a layer in which every input goes to every unit. */
  public static long parameters(Shape input, int units) {
    return (input.size() + 1) * units;
  }

  public static void requireFlat(Shape input, String layer) {
    if (input instanceof Shape.Image) {
      throw new IllegalArgumentException(
          "%s takes a row of numbers, and gets %s; put a flatten before it"
              .formatted(layer, input));
    }
  }
}
