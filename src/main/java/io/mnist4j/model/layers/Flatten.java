package io.mnist4j.model.layers;

import io.mnist4j.config.Key;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * Makes a row of numbers of an image: channel by channel, each row by row (DL4J's order; Keras goes
 * through the channels of each pixel first). What is flat already stays as it is.
 */
@Key("makes a row of an image")
public record Flatten() implements LayerSpec {
  /** The only one there is. */
  public static final Flatten DEFAULT = new Flatten();

  @Override
  public Shape output(Shape input) {
    return new Shape.Flat(input.size());
  }

  /** DL4J has no such layer; it is a conversion in front of the next one. */
  @Override
  public void addTo(NeuralNetConfiguration.ListBuilder network, Shape input) {
    if (input instanceof Shape.Image image) {
      int next = network.getLayerwise().size();
      network.inputPreProcessor(
          next, new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
    }
  }
}
