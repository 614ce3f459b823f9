package io.mnist4j.train.learner;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Evaluator;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What is common to those that let DL4J make the step: it happens in the network itself. */
abstract class NetworkLearner implements Learner {
  final MultiLayerNetwork network;
  private final Backend backend;

  NetworkLearner(TrainingTask task) {
    network = task.network();
    backend = task.backend();
  }

  @Override
  public final Predictions predict(ImageSet images) {
    return Evaluator.predict(network, images);
  }

  /** They always are. */
  @Override
  public final void syncParameters() {}

  @Override
  public final void setThreads(int threads) {
    backend.setThreads(threads);
  }
}
