package io.mnist4j.train.engine;

import io.mnist4j.backend.driver.CudaContext;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.cuda.CudaLearner;
import io.mnist4j.train.engine.kernels.KernelChoice;
import io.mnist4j.train.engine.kernels.KernelWarmUp;
import io.mnist4j.train.learner.Dl4jLearner;
import io.mnist4j.train.learner.Optimizer;
import io.mnist4j.train.learner.ParallelLearner;
import io.mnist4j.train.learner.ResidentLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which step a network learns with: the fused one where that covers it, else DL4J's own.
 *
 * @param plan the network as the fused step takes it; empty if it does not
 * @param devices graphics cards that train; 0 for the CPU
 * @param text what was chosen, and why
 */
public record LearnerChoice(Optional<NetworkPlan> plan, int devices, String text) {

  /** Chooses for graphics cards by ND4J's backend for them, where DL4J's own step computes. */
  public static LearnerChoice onDevices(int devices) {
    return new LearnerChoice(
        Optional.empty(),
        devices,
        devices == 1
            ? "Deeplearning4j's own step, with all images on the GPU"
            : "Deeplearning4j's own step on %d GPUs, which share each batch".formatted(devices));
  }

  /** Chooses for a graphics card that NVIDIA's driver is asked to compute on. */
  public static LearnerChoice onCard(NetworkSpec network, int classes) {
    return new LearnerChoice(
        Optional.of(NetworkPlan.of(network, classes)),
        1,
        "the fused step on the GPU, with all images on it");
  }

  /** Chooses for a network on the CPU. */
  public static LearnerChoice of(NetworkSpec network, int classes) {
    NetworkPlan plan = NetworkPlan.of(network, classes);
    return new LearnerChoice(Optional.of(plan), 0, text(plan));
  }

  /** Begins to have the JVM compile what the steps of a network on the CPU spend their time in. */
  public static void warmUp(NetworkSpec network) {
    KernelWarmUp.begin(
        network.layers().stream()
            .filter(Conv2d.class::isInstance)
            .map(layer -> ((Conv2d) layer).kernel())
            .toList());
  }

  private static String text(NetworkPlan plan) {
    return plan.mapLayers().isEmpty()
        ? "the fused step"
        : "the fused step, with feature maps by " + KernelChoice.kernels().description();
  }

  /**
   * Makes the learner on a card.
   *
   * @param context closed with the learner
   */
  static Learner onCard(TrainingTask task, NetworkPlan plan, CudaContext context) {
    List<LayerSpec> layers = new ArrayList<>(plan.mapLayers());
    layers.addAll(plan.flatLayers());
    LossHead head = LossHead.of(plan.output());
    int classes = task.classes();
    return new CudaLearner(
        task,
        layers,
        plan.mapLayers().size(),
        (sums, images) -> {
          double[] ofImage = new double[classes];
          for (int first = 0; first < images * classes; first += classes) {
            for (int c = 0; c < classes; c++) {
              ofImage[c] = sums[first + c];
            }
            head.activate(ofImage);
            for (int c = 0; c < classes; c++) {
              sums[first + c] = (float) ofImage[c];
            }
          }
        },
        context);
  }

  /**
   * Makes the learner.
   *
   * @param task of a network of the specification that was chosen for
   * @param threads the most that will ever compute
   */
  public Learner create(TrainingTask task, int threads) {
    if (devices == 1 && plan.isPresent()) {
      Optimizer.attach(task.network(), task.training(), task.frozenLayers());
      return onCard(task, plan.get(), task.backend().openCard(CudaLearner.kernels()));
    }
    if (devices > 1) {
      return new ParallelLearner(task, devices);
    }
    if (devices == 1 && !task.training().changesImages()) {
      return new ResidentLearner(task);
    }
    if (plan.isEmpty()) {
      return new Dl4jLearner(task);
    }
    // Whichever step goes on from here finds the updater as it has to be.
    Optimizer.attach(task.network(), task.training(), task.frozenLayers());
    return new FusedLearner(task, plan.get(), threads);
  }
}
