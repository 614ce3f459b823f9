package io.mnist4j.train.fused;

import io.mnist4j.data.DataSplit;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.train.Dl4jLearner;
import io.mnist4j.train.Learner;
import io.mnist4j.train.Optimizer;
import io.mnist4j.train.TrainingSpec;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Which step a network learns with: the fused one where that covers it, else DL4J's own.
 *
 * @param stack the network as the fused step takes it; empty if it does not
 * @param text what was chosen, and why
 */
public record LearnerChoice(Optional<DenseStack> stack, String text) {

  /** Chooses for a network. */
  public static LearnerChoice of(NetworkSpec network, int classes) {
    try {
      return new LearnerChoice(
          Optional.of(DenseStack.of(network, classes)), "the fused step for dense layers");
    } catch (DenseStack.NotCoveredException e) {
      return new LearnerChoice(
          Optional.empty(),
          "Deeplearning4j's own step (the fused one does not cover %s)".formatted(e.getMessage()));
    }
  }

  /**
   * Makes the learner.
   *
   * @param network of the specification that was chosen for
   * @param threads the most that will ever compute
   */
  public Learner create(
      MultiLayerNetwork network,
      NetworkSpec model,
      DataSplit images,
      TrainingSpec training,
      long seed,
      int threads) {
    if (stack.isEmpty()) {
      return new Dl4jLearner(
          network, images.train(), images.classes(), model.output(), training, seed);
    }
    // Whichever step goes on from here finds the updater as it has to be.
    Optimizer.attach(network, training);
    return new FusedLearner(
        network, stack.get(), images.train(), images.classes(), training, seed, threads);
  }
}
