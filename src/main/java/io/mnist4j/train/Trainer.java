package io.mnist4j.train;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Evaluator;
import io.mnist4j.model.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The training loop. */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains the network on the training images and validates it on the test images after each epoch.
   * The same network, images, settings and seed give the same parameters.
   *
   * @param seed of the order of the images
   * @throws DivergedException if the loss becomes infinite or not a number
   * @throws IOException if the listener cannot write what it is told
   */
  public static TrainingResult train(
      MultiLayerNetwork network,
      Dataset dataset,
      TrainingSpec spec,
      long seed,
      TrainingListener listener)
      throws DivergedException, IOException {
    ImageSet images = dataset.train();
    INDArray testFeatures = Tensors.features(dataset.test());
    Batches batches =
        new Batches(Tensors.features(images), images, spec.batchSize(), dataset.classes(), seed);
    int steps = batches.perEpoch();
    int totalSteps = Math.multiplyExact(spec.epochs(), steps);
    Optimizer optimizer = Optimizer.attach(network, spec);
    List<EpochMetrics> history = new ArrayList<>();
    for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
      batches.shuffle(epoch);
      double lossSum = 0;
      long samples = 0;
      long start = System.nanoTime();
      for (int step = 1; step <= steps; step++) {
        Batches.Batch batch = batches.get(step - 1);
        optimizer.setLearningRate(
            spec.schedule()
                .learningRate(
                    spec.optimizer().learningRate(),
                    (epoch - 1) * steps + step - 1,
                    steps,
                    totalSteps));
        network.fit(batch.features(), batch.labels());
        double loss = optimizer.loss();
        if (!Double.isFinite(loss)) {
          throw new DivergedException(step + (epoch - 1) * steps, epoch, loss);
        }
        lossSum += loss * batch.size();
        samples += batch.size();
        listener.onStep(
            new TrainingListener.Step(
                epoch, step, steps, lossSum / samples, samples, secondsSince(start)));
      }
      double seconds = secondsSince(start);
      network.incrementEpochCount();
      Evaluation validation = Evaluator.evaluate(network, testFeatures, dataset.test());
      EpochMetrics metrics = new EpochMetrics(epoch, lossSum / samples, validation, seconds);
      history.add(metrics);
      listener.onEpoch(metrics);
    }
    return new TrainingResult(history, (long) spec.epochs() * images.size());
  }

  private static double secondsSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
