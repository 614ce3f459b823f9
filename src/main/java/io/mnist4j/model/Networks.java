package io.mnist4j.model;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds DL4J networks from their specifications, with stock layer classes only. */
public final class Networks {
  private Networks() {}

  /**
   * A network with freshly drawn weights.
   *
   * @param inputs pixels of an image
   * @param classes width of the softmax output
   * @param updater the optimiser that the configuration records
   * @param seed of the weights: the same seed draws the same ones
   */
  public static MultiLayerNetwork create(
      NetworkSpec spec, int inputs, int classes, IUpdater updater, long seed) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.XAVIER_UNIFORM) // DL4J's name for Glorot's uniform distribution
            .biasInit(0)
            .updater(updater)
            .list();
    int width = inputs;
    for (LayerSpec layer : spec.layers()) {
      LayerSpec.Dense dense = (LayerSpec.Dense) layer;
      list.layer(
          new DenseLayer.Builder()
              .nIn(width)
              .nOut(dense.units())
              .activation(dense.activation().nd4j())
              .build());
      width = dense.units();
    }
    list.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(width)
            .nOut(classes)
            .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
            .build());
    MultiLayerConfiguration configuration = list.build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
