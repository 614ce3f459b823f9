package io.mnist4j.train.learner;

import io.mnist4j.train.TrainingTask;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own step, for any network. */
public class Dl4jLearner extends NetworkLearner {
  final Batches batches;

  public Dl4jLearner(TrainingTask task) {
    super(task);
    batches = new Batches(task);
  }

  @Override
  public final void shuffle(int epoch) {
    batches.shuffle(epoch);
  }

  @Override
  public StepResult trainBatch(int batch, double rate, long seed) {
    optimizer.setLearningRate(rate);
    Nd4j.getRandom().setSeed(seed);
    Batches.Batch next = batches.get(batch);
    fit(next.features(), next.labels(), next.weights());
    return optimizer.result(next.size());
  }

  @Override
  public void close() {
    batches.close();
    super.close();
  }
}
