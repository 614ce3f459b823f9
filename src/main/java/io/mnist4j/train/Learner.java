package io.mnist4j.train;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the steps of a training: what {@link Trainer} decides when to do. It belongs to one network
 * and the images that this one learns from.
 */
public interface Learner extends AutoCloseable {

  /** Deals the training images out in a new order, which depends on seed and epoch alone. */
  void shuffle(int epoch);

  /**
   * One step of the optimiser on one batch of the epoch.
   *
   * @param batch from 0; the last one may be smaller than the others, and private ones have any
   *     size
   * @param rate learning rate, at least 0
   * @param seed of what is random in this step
   * @return what the network made of the batch before the step
   */
  StepResult trainBatch(int batch, double rate, long seed);

  /** How many steps it had best be asked for together: then it need not wait after each. */
  default int stepsAtOnce() {
    return 1;
  }

  /**
   * Several steps, as {@link #trainBatch} would make them one after the other.
   *
   * @param first batch of the epoch, from 0; the others follow it
   * @param rates of the steps, at most {@link #stepsAtOnce}
   * @param seeds of the steps
   */
  default List<StepResult> trainBatches(int first, double[] rates, long[] seeds) {
    List<StepResult> results = new ArrayList<>();
    for (int step = 0; step < rates.length; step++) {
      results.add(trainBatch(first + step, rates[step], seeds[step]));
    }
    return results;
  }

  /**
   * What the network says now: with the average of its parameters, where there is one.
   *
   * @param images at least one, of the size and the classes of those that it learns from
   */
  Predictions predict(ImageSet images);

  /** Brings the network's own parameters and updater state up to date, and their average. */
  void syncParameters();

  /** Sets how many threads compute from now on; the results do not depend on it. */
  void setThreads(int threads);

  @Override
  void close();

  /**
   * What a network made of a batch before it learned from it.
   *
   * @param loss mean over the images, without penalties on the weights
   * @param correct images that were named rightly
   * @param images of the batch; 0 where a private one happened to be empty
   */
  record StepResult(double loss, int correct, int images) {}
}
