package io.mnist4j.train.learner;

import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.optimizer.ClassicalMomentum;
import io.mnist4j.train.optimizer.DozatNadam;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.NadamUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The optimiser of one network in training: DL4J's updater, put right where it is not as published,
 * with a learning rate that is set for each step.
 *
 * <p>Everything that it remembers from step to step lies in the network: the updater state and the
 * iteration count.
 */
public final class Optimizer {
  /**
   * Taken instead of a lower rate, so of 0: DL4J's Adam takes a rate that is 0 in single precision
   * for its epsilon, and would step by that. It moves no weight that is not as small itself.
   */
  private static final double LOWEST_RATE = 1e-30;

  private final MultiLayerNetwork network;
  private final IUpdater[] updaters;
  private final StepListener listener;

  private Optimizer(MultiLayerNetwork network, IUpdater[] updaters, StepListener listener) {
    this.network = network;
    this.updaters = updaters;
    this.listener = listener;
  }

  /** As {@link #attach(MultiLayerNetwork, TrainingSpec, int)}, with all layers to be trained. */
  public static Optimizer attach(MultiLayerNetwork network, TrainingSpec spec) {
    return attach(network, spec, 0);
  }

  /**
   * Makes a network, new or read from a file, ready for steps by the specification. Anything that
   * gives the network another updater, such as {@link MultiLayerNetwork#setUpdater}, undoes it, and
   * {@link MultiLayerNetwork#setListeners} its part of clipping and penalties: set listeners
   * before.
   *
   * @param network configured by {@link TrainingSpec#configure} with the same specification
   * @param frozenLayers the first layers, which have no penalty
   */
  public static Optimizer attach(MultiLayerNetwork network, TrainingSpec spec, int frozenLayers) {
    regularize(network, spec.regularization(), frozenLayers);
    MultiLayerUpdater updater = (MultiLayerUpdater) network.getUpdater();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      asPublished(block, spec.optimizer().name());
    }
    zeroStateOfNew(network);
    return new Optimizer(network, updaters(updater), listen(network, updater, spec));
  }

  /**
   * Here and not in the builder of the configuration, whose l2() and weightDecay() remove each
   * other, and which applies weight decay twice: its build() validates a layer twice, and that adds
   * the decay each time (LayerValidation.configureBaseLayer).
   */
  private static void regularize(
      MultiLayerNetwork network, RegularizationSpec spec, int frozenLayers) {
    for (int i = 0; i < network.getnLayers(); i++) {
      if (network.getLayer(i).conf().getLayer() instanceof BaseLayer config) {
        config.setRegularization(i < frozenLayers ? List.of() : spec.toDl4j());
      }
    }
  }

  private static void asPublished(UpdaterBlock block, OptimizerSpec.OptimizerName name) {
    // Blocks of running statistics have an updater that does nothing, and keep it.
    if (name == OptimizerSpec.OptimizerName.MOMENTUM
        && block.getGradientUpdater() instanceof NesterovsUpdater stock) {
      block.setGradientUpdater(new ClassicalMomentum(stock));
    } else if (name == OptimizerSpec.OptimizerName.NADAM
        && block.getGradientUpdater() instanceof NadamUpdater stock) {
      block.setGradientUpdater(new DozatNadam(stock));
    }
  }

  /** DL4J starts the sums of squares of AdaGrad and RMSprop above 0; the publications do not. */
  private static void zeroStateOfNew(MultiLayerNetwork network) {
    Updater updater = network.getUpdater();
    if (network.getIterationCount() == 0 && updater.getStateViewArray() != null) {
      updater.getStateViewArray().assign(0);
    }
  }

  /** Each configuration once; layers have one each, and the updater takes that of the first. */
  private static IUpdater[] updaters(MultiLayerUpdater updater) {
    Set<IUpdater> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
        IUpdater config = state.getLayer().getConfig().getUpdaterByParam(state.getParamName());
        if (config.hasLearningRate()) {
          distinct.add(config);
        }
      }
    }
    return distinct.toArray(IUpdater[]::new);
  }

  private static StepListener listen(
      MultiLayerNetwork network, MultiLayerUpdater updater, TrainingSpec spec) {
    List<TrainingListener> listeners = new ArrayList<>(network.getListeners());
    listeners.removeIf(StepListener.class::isInstance);
    boolean penalised = !spec.regularization().equals(RegularizationSpec.DEFAULT);
    StepListener listener = new StepListener(spec.clipping(), penalised, learned(updater));
    listeners.add(listener);
    network.setListeners(listeners);
    return listener;
  }

  /** The gradients without the running statistics that lie among them. */
  private static List<INDArray> learned(MultiLayerUpdater updater) {
    return updater.getUpdaterBlocks().stream()
        .filter(block -> block.getGradientUpdater().getConfig().hasLearningRate())
        .map(UpdaterBlock::getGradientView)
        .toList();
  }

  /**
   * Sets the rate of the steps to come, in the network's configuration too; takes well under a
   * microsecond.
   *
   * @param rate at least 0
   */
  public void setLearningRate(double rate) {
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rate must be at least 0, not " + rate);
    }
    for (IUpdater updater : updaters) {
      updater.setLrAndSchedule(Math.max(rate, LOWEST_RATE), null);
    }
  }

  /**
   * What the network made of the last step's batch before the step. DL4J's score holds the
   * penalties of L1, L2 and weight decay as well; this does not.
   *
   * @param images of the batch
   */
  public Learner.StepResult result(int images) {
    return new Learner.StepResult(network.score() - listener.penalty(), listener.correct(), images);
  }
}
