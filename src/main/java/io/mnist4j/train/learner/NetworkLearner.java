package io.mnist4j.train.learner;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What learners by DL4J's own step have in common: it changes the network itself. */
abstract class NetworkLearner implements Learner {
  final MultiLayerNetwork network;
  final Optimizer optimizer;
  private final Backend backend;
  private final LayerFreeze freeze;

  NetworkLearner(TrainingTask task) {
    network = task.network();
    backend = task.backend();
    optimizer = Optimizer.attach(network, task.training(), task.frozenLayers());
    freeze = new LayerFreeze(network, task.frozenLayers());
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
