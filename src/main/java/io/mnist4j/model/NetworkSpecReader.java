package io.mnist4j.model;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Finds the specification that makes a DL4J network, so that what another program trained can be
 * trained further. How its weights were drawn is not known any more.
 */
public final class NetworkSpecReader {
  private static final String TRAINABLE = "dense, conv2d, maxpool2d, avgpool2d, dropout, batchnorm";

  private final MultiLayerConfiguration configuration;
  private final List<LayerSpec> layers = new ArrayList<>();

  private NetworkSpecReader(MultiLayerConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * The specification of a network.
   *
   * @throws IllegalArgumentException if none of ours makes it; the message names the layer
   */
  public static NetworkSpec of(MultiLayerConfiguration configuration) {
    return new NetworkSpecReader(configuration).read();
  }

  private NetworkSpec read() {
    int last = configuration.getConfs().size() - 1;
    for (int i = 0; i < last; i++) {
      addPreProcessor(i);
      add(i, layer(i));
    }
    if (layer(last) instanceof LossLayer loss) {
      // The output layer is the one before it.
      boolean dense = !layers.isEmpty() && layers.get(layers.size() - 1) instanceof Dense;
      require(dense, last, "follows no dense layer");
      Dense output = (Dense) layers.remove(layers.size() - 1);
      boolean adds = loss.getActivationFn() instanceof ActivationIdentity;
      Activation activation = adds ? output.activation() : activation(last, loss.getActivationFn());
      return new NetworkSpec(layers, output(activation, loss.getLossFn()));
    }
    addPreProcessor(last);
    require(layer(last) instanceof BaseOutputLayer, last, "is no output layer");
    BaseOutputLayer output = (BaseOutputLayer) layer(last);
    return new NetworkSpec(
        layers, output(activation(last, output.getActivationFn()), output.getLossFn()));
  }

  private Layer layer(int i) {
    return configuration.getConf(i).getLayer();
  }

  /** A loss that we lack becomes the cross-entropy, where the outputs allow it. */
  private static OutputSpec output(Activation activation, ILossFunction loss) {
    boolean probabilities = activation == Activation.SOFTMAX || activation == Activation.SIGMOID;
    Loss ours = loss instanceof LossMSE || !probabilities ? Loss.MSE : Loss.CROSS_ENTROPY;
    return new OutputSpec(activation, ours, 0, WeightInit.GLOROT_UNIFORM);
  }

  private void addPreProcessor(int i) {
    InputPreProcessor before = configuration.getInputPreProcess(i);
    if (before instanceof PixelInput input) {
      before = input.next();
    }
    if (before instanceof CnnToFeedForwardPreProcessor) {
      // Images come in as rows.
      if (i > 0) {
        layers.add(new Flatten());
      }
    } else if (before != null) {
      boolean first = i == 0 && before instanceof FeedForwardToCnnPreProcessor;
      require(first, i, "gets its input by a " + before.getClass().getSimpleName());
    }
  }

  private void add(int i, Layer layer) {
    if (layer.getIDropout() instanceof org.deeplearning4j.nn.conf.dropout.Dropout dropout) {
      layers.add(new Dropout(1 - dropout.getP()));
    }
    if (layer.getClass() == DropoutLayer.class) {
      return;
    }
    if (layer.getClass() == DenseLayer.class) {
      DenseLayer dense = (DenseLayer) layer;
      require(!dense.hasLayerNorm(), i, "has layer normalisation");
      layers.add(
          new Dense(
              Math.toIntExact(dense.getNOut()),
              activation(i, dense.getActivationFn()),
              WeightInit.GLOROT_UNIFORM));
    } else if (layer.getClass() == ConvolutionLayer.class) {
      layers.add(convolution(i, (ConvolutionLayer) layer));
    } else if (layer.getClass() == SubsamplingLayer.class) {
      layers.add(pooling(i, (SubsamplingLayer) layer));
    } else if (layer.getClass() == BatchNormalization.class) {
      BatchNormalization normalization = (BatchNormalization) layer;
      require(!normalization.isLockGammaBeta(), i, "has no scale and shift");
      layers.add(new Batchnorm(normalization.getDecay(), normalization.getEps()));
    } else {
      require(layer.getClass() == ActivationLayer.class, i, "is none of " + TRAINABLE);
      addActivation(i, activation(i, ((ActivationLayer) layer).getActivationFn()));
    }
  }

  /** Of the layer before, which has none of its own. */
  private void addActivation(int i, Activation activation) {
    LayerSpec before = layers.isEmpty() ? null : layers.remove(layers.size() - 1);
    if (before instanceof Dense dense && dense.activation() == Activation.IDENTITY) {
      layers.add(new Dense(dense.units(), activation, dense.weightInit()));
    } else if (before instanceof Conv2d conv
        && conv.activation() == Activation.IDENTITY
        && activation != Activation.SOFTMAX) {
      layers.add(
          new Conv2d(
              conv.filters(),
              conv.kernel(),
              conv.stride(),
              conv.padding(),
              activation,
              conv.weightInit()));
    } else {
      throw refused(i, "follows no dense layer or convolution without an activation");
    }
  }

  private Conv2d convolution(int i, ConvolutionLayer layer) {
    require(layer.getCnn2dDataFormat() != CNN2DFormat.NHWC, i, "has its channels last");
    require(Arrays.stream(layer.getDilation()).allMatch(d -> d == 1), i, "is dilated");
    Padding padding = padding(i, layer.getConvolutionMode(), layer.getPadding());
    return new Conv2d(
        Math.toIntExact(layer.getNOut()),
        square(i, layer.getKernelSize()),
        square(i, layer.getStride()),
        padding,
        activation(i, layer.getActivationFn()),
        WeightInit.GLOROT_UNIFORM);
  }

  private LayerSpec pooling(int i, SubsamplingLayer layer) {
    require(layer.getCnn2dDataFormat() != CNN2DFormat.NHWC, i, "has its channels last");
    require(Arrays.stream(layer.getDilation()).allMatch(d -> d == 1), i, "is dilated");
    Padding padding = padding(i, layer.getConvolutionMode(), layer.getPadding());
    require(padding == Padding.VALID, i, "pads its input");
    int kernel = square(i, layer.getKernelSize());
    int stride = square(i, layer.getStride());
    return switch (layer.getPoolingType()) {
      case MAX -> new Maxpool2d(kernel, stride);
      case AVG -> new Avgpool2d(kernel, stride);
      default -> throw refused(i, "pools by " + layer.getPoolingType());
    };
  }

  private int square(int i, int[] sides) {
    require(sides.length == 2 && sides[0] == sides[1], i, "has windows that are not square");
    return sides[0];
  }

  private Padding padding(int i, ConvolutionMode mode, int[] padding) {
    if (mode == ConvolutionMode.Same) {
      return Padding.SAME;
    }
    boolean none = padding == null || Arrays.stream(padding).allMatch(p -> p == 0);
    boolean valid =
        mode == null || mode == ConvolutionMode.Truncate || mode == ConvolutionMode.Strict;
    require(none && valid, i, "pads its input as none of ours does");
    return Padding.VALID;
  }

  private Activation activation(int i, IActivation function) {
    return Stream.of(Activation.values())
        .filter(ours -> ours.isDl4j(function))
        .findFirst()
        .orElseThrow(() -> refused(i, "has the activation " + function));
  }

  private void require(boolean met, int layer, String why) {
    if (!met) {
      throw refused(layer, why);
    }
  }

  private IllegalArgumentException refused(int i, String why) {
    Layer layer = layer(i);
    String name = layer.getLayerName() == null ? String.valueOf(i) : layer.getLayerName();
    return new IllegalArgumentException(
        "its layer '%s' (%s) %s".formatted(name, layer.getClass().getSimpleName(), why));
  }
}
