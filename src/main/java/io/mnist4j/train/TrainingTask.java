package io.mnist4j.train;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.model.layers.OutputSpec;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What is to learn, from what, and how.
 *
 * @param network with the parameters that training goes on from
 * @param output of the network
 * @param images to learn from
 * @param classes of the data set, at least 2
 * @param seed of everything random: order, dropout, augmentation
 * @param backend what computes, started
 * @param classWeights what the loss of an image is multiplied by, for each class; empty where that
 *     is 1 for all
 * @param average of the network's parameters; empty where there is none
 * @param frozenLayers the first of the network's layers, which stay as they are and compute as they
 *     do after training: without dropout, and normalising by their running averages. Flattening is
 *     no layer here
 * @param groups of the images; empty where they change nothing
 */
public record TrainingTask(
    MultiLayerNetwork network,
    OutputSpec output,
    ImageSet images,
    int classes,
    TrainingSpec training,
    long seed,
    Backend backend,
    List<Double> classWeights,
    Optional<WeightAverage> average,
    int frozenLayers,
    Optional<TrainingGroups> groups) {

  public TrainingTask {
    classWeights = List.copyOf(classWeights);
  }

  /** Without groups. */
  public TrainingTask(
      MultiLayerNetwork network,
      OutputSpec output,
      ImageSet images,
      int classes,
      TrainingSpec training,
      long seed,
      Backend backend,
      List<Double> classWeights,
      Optional<WeightAverage> average,
      int frozenLayers) {
    this(
        network,
        output,
        images,
        classes,
        training,
        seed,
        backend,
        classWeights,
        average,
        frozenLayers,
        Optional.empty());
  }

  /** With all layers to be trained, no average, and classes that count the same. */
  public TrainingTask(
      MultiLayerNetwork network,
      OutputSpec output,
      ImageSet images,
      int classes,
      TrainingSpec training,
      long seed,
      Backend backend) {
    this(network, output, images, classes, training, seed, backend, List.of(), Optional.empty(), 0);
  }
}
