package io.mnist4j.train;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The smallest network that has everything a step needs, worked out a second time in plain Java: y
 * = w0 x0 + w1 x1 + b, and the loss is the mean of (y - target)^2 over a batch of three.
 */
public final class LinearModel {
  private static final double[][] X = {{0.5, -1.0}, {1.5, 0.25}, {-0.75, 2.0}};
  private static final double[] TARGETS = {1.0, -0.5, 0.25};
  private static final double[] START = {0.3, -0.2, 0.1};

  private LinearModel() {}

  /** w0, w1 and b before the first step. */
  public static double[] start() {
    return START.clone();
  }

  public static MultiLayerNetwork network(TrainingSpec spec, DataType type) {
    NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder();
    builder.seed(1).dataType(type);
    spec.configure(builder);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            builder
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(2)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    network.setParams(Nd4j.createFromArray(START).castTo(type));
    return network;
  }

  public static void fit(MultiLayerNetwork network) {
    DataType type = network.params().dataType();
    INDArray targets = Nd4j.createFromArray(TARGETS).castTo(type).reshape(3, 1);
    network.fit(Nd4j.createFromArray(X).castTo(type), targets);
  }

  public static double loss(double[] p) {
    double sum = 0;
    for (int i = 0; i < X.length; i++) {
      double error = p[0] * X[i][0] + p[1] * X[i][1] + p[2] - TARGETS[i];
      sum += error * error;
    }
    return sum / X.length;
  }

  /** Of the mean loss. */
  public static double[] gradient(double[] p) {
    double[] gradient = new double[3];
    for (int i = 0; i < X.length; i++) {
      double error = p[0] * X[i][0] + p[1] * X[i][1] + p[2] - TARGETS[i];
      gradient[0] += 2 * error * X[i][0] / X.length;
      gradient[1] += 2 * error * X[i][1] / X.length;
      gradient[2] += 2 * error / X.length;
    }
    return gradient;
  }
}
