package io.mnist4j.train.learner;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.TrainingSpec;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own step, for any network. */
public final class Dl4jLearner extends NetworkLearner {
  private final Optimizer optimizer;
  private final Batches batches;

  /**
   * @param images to learn from
   * @param output of the network
   * @param seed of the order, and of the augmentation
   */
  public Dl4jLearner(
      MultiLayerNetwork network,
      ImageSet images,
      int classes,
      OutputSpec output,
      TrainingSpec spec,
      long seed) {
    super(network);
    optimizer = Optimizer.attach(network, spec);
    batches = new Batches(images, classes, output, spec.batchSize(), spec.augmentation(), seed);
  }

  @Override
  public void shuffle(int epoch) {
    batches.shuffle(epoch);
  }

  @Override
  public double trainBatch(int batch, double rate, long seed) {
    optimizer.setLearningRate(rate);
    Nd4j.getRandom().setSeed(seed);
    Batches.Batch next = batches.get(batch);
    network.fit(next.features(), next.labels());
    return optimizer.loss();
  }

  @Override
  public void close() {
    batches.close();
  }
}
