package io.mnist4j.model;

import io.mnist4j.model.layers.Shape;
import io.mnist4j.model.layers.ShapeException;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds DL4J networks from their specifications, with stock layer classes only. */
public final class Networks {
  private Networks() {}

  /**
   * A network with freshly drawn weights. It takes {@code [n, height * width]} float32 and gives
   * {@code [n, classes]}.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @param classes units of the output layer
   * @param training sets what belongs to the training: the updater, penalties on weights, gradient
   *     clipping
   * @param seed of the weights: the same seed draws the same ones
   * @throws ShapeException if the layers do not fit together
   */
  public static MultiLayerNetwork create(
      NetworkSpec spec,
      int height,
      int width,
      int classes,
      Consumer<NeuralNetConfiguration.Builder> training,
      long seed) {
    return create(spec, height, width, classes, training, seed, DataType.FLOAT);
  }

  /** The same in another precision. */
  static MultiLayerNetwork create(
      NetworkSpec spec,
      int height,
      int width,
      int classes,
      Consumer<NeuralNetConfiguration.Builder> training,
      long seed,
      DataType precision) {
    List<Shape> inputs = spec.inputShapes(height, width, classes);
    NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder();
    training.accept(builder);
    if (inputs.get(0) instanceof Shape.Image) {
      // Keeps what im2col made on the way forward for the way back: LeNet takes 0.7 of the time.
      builder.cacheMode(CacheMode.DEVICE);
    }
    NeuralNetConfiguration.ListBuilder list = builder.seed(seed).dataType(precision).list();
    if (inputs.get(0) instanceof Shape.Image) {
      list.inputPreProcessor(0, new FeedForwardToCnnPreProcessor(height, width, 1));
    }
    int layers = spec.layers().size();
    for (int i = 0; i < layers; i++) {
      spec.layers().get(i).addTo(list, inputs.get(i));
    }
    spec.output().addTo(list, inputs.get(layers), classes);
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }
}
