package io.mnist4j.model.layers;

import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** A layer between a network's input and its output layer. */
public sealed interface LayerSpec
    permits Dense, Conv2d, Maxpool2d, Avgpool2d, Flatten, Dropout, Batchnorm {

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
