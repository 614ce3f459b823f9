package io.mnist4j.model.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;

/**
 * Takes one number of each window, channel by channel. Windows that would reach over the edge are
 * left out.
 */
sealed interface PoolingSpec extends LayerSpec permits Maxpool2d, Avgpool2d {
  int kernel();

  int stride();

  /** What is taken of a window. */
  PoolingType type();

  private Window window() {
    return new Window(kernel(), stride(), Padding.VALID);
  }

  @Override
  default boolean needsImage() {
    return true;
  }

  @Override
  default Shape output(Shape input) {
    return window().over(input, key(), Window.image(input, key()).channels());
  }

  @Override
  default void addTo(NeuralNetConfiguration.ListBuilder network, Shape input) {
    network.layer(
        new SubsamplingLayer.Builder(type())
            .kernelSize(kernel(), kernel())
            .stride(stride(), stride())
            .convolutionMode(Padding.VALID.dl4j())
            .build());
  }
}
