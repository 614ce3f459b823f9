package io.mnist4j.model.foreign;

import io.mnist4j.model.InputLayout;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * In which shape a DL4J network takes images. Its configuration does not say it, but what its
 * layers expect does.
 */
final class Dl4jInput {
  /** Tried first where any size would do. */
  private static final int MNIST_SIDE = 28;

  private static final int LARGEST_SIDE = 256;

  private Dl4jInput() {}

  static InputLayout layout(MultiLayerConfiguration configuration) throws UnreadableModelException {
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      Layer layer = configuration.getConf(i).getLayer();
      InputPreProcessor before = configuration.getInputPreProcess(i);
      if (before instanceof FeedForwardToCnnPreProcessor image) {
        requireGrey(image.getNumChannels(), layer);
        return new InputLayout(
            (int) image.getInputHeight(), (int) image.getInputWidth(), InputLayout.Order.FLAT);
      }
      if (before instanceof CnnToFeedForwardPreProcessor image && image.getInputHeight() > 0) {
        requireGrey(image.getNumChannels(), layer);
        return new InputLayout(
            (int) image.getInputHeight(), (int) image.getInputWidth(), order(image.getFormat()));
      }
      if (layer instanceof DropoutLayer || layer instanceof ActivationLayer) {
        continue;
      }
      if (layer instanceof ConvolutionLayer convolution) {
        requireGrey(convolution.getNIn(), layer);
        return image(configuration, order(convolution.getCnn2dDataFormat()));
      }
      if (layer instanceof SubsamplingLayer pooling) {
        return image(configuration, order(pooling.getCnn2dDataFormat()));
      }
      if (layer instanceof ZeroPaddingLayer padding) {
        return image(configuration, order(padding.getDataFormat()));
      }
      if (layer instanceof BatchNormalization normalization && normalization.getNIn() == 1) {
        return image(configuration, order(normalization.getCnn2DFormat()));
      }
      if (layer instanceof FeedForwardLayer dense && !(layer instanceof BaseRecurrentLayer)) {
        return square(dense);
      }
      throw new UnreadableModelException(
          "%s cannot be the first that sees an image".formatted(named(layer, i)));
    }
    throw new UnreadableModelException("it has no layers");
  }

  private static void requireGrey(long channels, Layer layer) throws UnreadableModelException {
    if (channels != 1) {
      throw new UnreadableModelException(
          "%s takes images of %d channels; mnist4j has grey ones, of 1"
              .formatted(named(layer, 0), channels));
    }
  }

  private static InputLayout.Order order(CNN2DFormat format) {
    return format == CNN2DFormat.NHWC ? InputLayout.Order.NHWC : InputLayout.Order.NCHW;
  }

  private static InputLayout square(FeedForwardLayer layer) throws UnreadableModelException {
    int side = (int) Math.round(Math.sqrt((double) layer.getNIn()));
    if ((long) side * side != layer.getNIn()) {
      throw new UnreadableModelException(
          "%s takes %d numbers, which are no square image"
              .formatted(named(layer, 0), layer.getNIn()));
    }
    return new InputLayout(side, side, InputLayout.Order.FLAT);
  }

  /** The square that fits through all layers: 28x28 if it does. */
  private static InputLayout image(MultiLayerConfiguration configuration, InputLayout.Order order)
      throws UnreadableModelException {
    return IntStream.concat(IntStream.of(MNIST_SIDE), IntStream.rangeClosed(1, LARGEST_SIDE))
        .mapToObj(side -> new InputLayout(side, side, order))
        .filter(layout -> fits(configuration, layout))
        .findFirst()
        .orElseThrow(
            () -> new UnreadableModelException("no size of square images fits its layers"));
  }

  private static boolean fits(MultiLayerConfiguration configuration, InputLayout layout) {
    try {
      InputType type = layout.type();
      for (int i = 0; i < configuration.getConfs().size(); i++) {
        InputPreProcessor before = configuration.getInputPreProcess(i);
        if (before instanceof CnnToFeedForwardPreProcessor flatten
            && type instanceof InputType.InputTypeConvolutional image
            && flatten.getInputHeight() > 0
            && (flatten.getInputHeight() != image.getHeight()
                || flatten.getInputWidth() != image.getWidth())) {
          return false;
        }
        type = before == null ? type : before.getOutputType(type);
        Layer layer = configuration.getConf(i).getLayer();
        if (type instanceof InputType.InputTypeFeedForward row
            && layer instanceof FeedForwardLayer dense
            && dense.getNIn() > 0
            && dense.getNIn() != row.getSize()) {
          return false;
        }
        type = layer.getOutputType(i, type);
      }
      return true;
    } catch (RuntimeException e) {
      // DL4J's way to say that a layer does not take such a shape.
      return false;
    }
  }

  /** What to call a layer in a message: its name, or its place from 0. */
  private static String named(Layer layer, int index) {
    return "its layer '%s' (%s)"
        .formatted(
            layer.getLayerName() == null ? String.valueOf(index) : layer.getLayerName(),
            layer.getClass().getSimpleName());
  }
}
