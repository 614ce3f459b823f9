package io.mnist4j.train.learner;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What learners by DL4J's own step have in common: it changes the network itself. */
abstract class NetworkLearner implements Learner {
  final MultiLayerNetwork network;
  final Optimizer optimizer;
  private final Backend backend;
  private final LayerFreeze freeze;
  final ClassWeightedLoss.ClassWeights weights;

  NetworkLearner(TrainingTask task) {
    network = task.network();
    backend = task.backend();
    optimizer = Optimizer.attach(network, task.training(), task.frozenLayers());
    weights = new ClassWeightedLoss.ClassWeights(task);
    freeze = new LayerFreeze(network, task.frozenLayers());
  }

  /** One step on a batch, after its learning rate was set. */
  final void fit(INDArray features, INDArray labels) {
    weights.apply(network, () -> network.fit(features, labels));
  }

  @Override
  public final Predictions predict(ImageSet images) {
    return Predictions.of(network, images);
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
