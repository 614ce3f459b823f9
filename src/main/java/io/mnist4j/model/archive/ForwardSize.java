package io.mnist4j.model.archive;

import java.io.IOException;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * How many numbers a network makes of one image on the way to its answer. It need not have many
 * weights for that: some padding is enough to fill any memory.
 */
public final class ForwardSize {
  /** Sixteen megabytes for an image; LeNet makes 0.1. */
  private static final long MOST_NUMBERS = 1 << 22;

  private ForwardSize() {}

  /**
   * Refuses a network that makes too many.
   *
   * @param input the shape of an image, as the first preprocessor or layer takes it
   * @throws IOException if it makes more, or its layers do not fit one another; the message says
   *     where
   */
  public static void check(MultiLayerConfiguration configuration, InputType input)
      throws IOException {
    double numbers = numbers(input);
    InputType type = input;
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      Layer layer = configuration.getConf(i).getLayer();
      InputPreProcessor before = configuration.getInputPreProcess(i);
      InputType output;
      try {
        type = before == null ? type : before.getOutputType(type);
        output = layer.getOutputType(i, type);
      } catch (RuntimeException e) {
        throw new IOException("its layer %d does not fit: %s".formatted(i, e.getMessage()), e);
      }
      numbers += numbers(type) + numbers(output) * windowOf(layer, type);
      if (numbers > MOST_NUMBERS) {
        throw new IOException(
            "its layer %d makes %.0f numbers of one image, and %d are too many already"
                .formatted(i, numbers, MOST_NUMBERS));
      }
      type = output;
    }
  }

  /** Not their product in whole numbers, which may overflow. */
  private static double numbers(InputType type) {
    if (type instanceof InputType.InputTypeFeedForward row && row.getSize() == 0) {
      // DL4J does not know the length of what Keras' Flatten makes: that of the image before it.
      return 0;
    }
    double numbers = 1;
    for (long size : type.getShape(false)) {
      if (size < 1) {
        return Double.POSITIVE_INFINITY;
      }
      numbers *= size;
    }
    return numbers;
  }

  /** A convolution writes out what its kernel sees at each place. */
  private static double windowOf(Layer layer, InputType input) {
    if (!(layer instanceof ConvolutionLayer convolution)
        || !(input instanceof InputType.InputTypeConvolutional image)) {
      return 1;
    }
    double window = image.getChannels();
    for (int side : convolution.getKernelSize()) {
      window *= Math.max(1, side);
    }
    return 1 + window / Math.max(1, convolution.getNOut());
  }
}
