package io.mnist4j.model.layers;

import java.util.Locale;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** A layer between a network's input and its output layer. */
public sealed interface LayerSpec permits Dense, Conv2d, PoolingSpec, Flatten, Dropout, Batchnorm {
  /** What {@link #addTo} makes layers of: a file with a network may name these classes. */
  static Set<Class<? extends Layer>> dl4jLayers() {
    return Set.of(
        DenseLayer.class,
        ConvolutionLayer.class,
        SubsamplingLayer.class,
        DropoutLayer.class,
        BatchNormalization.class);
  }

  /** What an experiment file calls it, such as {@code conv2d}. */
  default String key() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Whether it can do nothing with a row of numbers. */
  default boolean needsImage() {
    return false;
  }

  /**
   * The shape of what it gives.
   *
   * @throws IllegalArgumentException if it cannot take this input; the message says why
   */
  Shape output(Shape input);

  /** Weights, biases and the like that gradients change. */
  default long trainedParameters(Shape input) {
    return 0;
  }

  /** Figures that it keeps beside them. */
  default long statistics(Shape input) {
    return 0;
  }

  /** Appends DL4J's layer for it, with what DL4J needs to convert the input. */
  void addTo(NeuralNetConfiguration.ListBuilder network, Shape input);
}
