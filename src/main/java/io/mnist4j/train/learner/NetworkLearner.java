package io.mnist4j.train.learner;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.WeightAverage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What learners by DL4J's own step have in common: it changes the network itself. */
abstract class NetworkLearner implements Learner {
  final MultiLayerNetwork network;
  final Optimizer optimizer;
  private final Backend backend;
  private final LayerFreeze freeze;
  private final WeightAverage average;
  final ClassWeightedLoss.ClassWeights weights;

  NetworkLearner(TrainingTask task) {
    network = task.network();
    backend = task.backend();
    optimizer = Optimizer.attach(network, task.training(), task.frozenLayers());
    average = task.average().orElse(null);
    weights = new ClassWeightedLoss.ClassWeights(task);
    freeze = new LayerFreeze(network, task.frozenLayers());
  }

  /**
   * One step on a batch, after its learning rate was set.
   *
   * @param imageWeights of the images by their groups; empty where all are 1
   */
  final void fit(INDArray features, INDArray labels, double[] imageWeights) {
    weights.apply(network, imageWeights, () -> network.fit(features, labels));
    addToAverage();
  }

  /** After a step, where there is an average. */
  final void addToAverage() {
    if (average != null) {
      average.add(network);
    }
  }

  @Override
  public final Predictions predict(ImageSet images) {
    if (average == null) {
      return Predictions.of(network, images);
    }
    average.swap(network);
    try {
      return Predictions.of(network, images);
    } finally {
      average.swap(network);
    }
  }

  /** They always are. */
  @Override
  public final void syncParameters() {}

  @Override
  public final void setThreads(int threads) {
    backend.setThreads(threads);
  }

  @Override
  public void close() {
    freeze.close();
  }
}
