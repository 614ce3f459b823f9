package io.mnist4j.run;

import io.mnist4j.config.Key;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.train.TrainingSpec;
import java.util.List;
import java.util.Objects;

/**
 * Everything that decides what a training run computes. Each component is a key of the experiment
 * file.
 */
public record Experiment(
    @Key("what is learned from") DataSpec data,
    @Key("what is trained") NetworkSpec model,
    @Key("how it is trained") TrainingSpec training,
    @Key("of the weights and of the order of the images") long seed) {
  /** What {@code configs/default.yaml} says and a bare {@code train} does. */
  public static final Experiment DEFAULT =
      new Experiment(DataSpec.DEFAULT, NetworkSpec.DEFAULT, TrainingSpec.DEFAULT, 1);

  public Experiment {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(training, "training");
    if (training.privacy().isOn()) {
      requireImagesApart(model, training.freeze());
    }
  }

  /** Differential privacy bounds what one image does, so no image may change what another does. */
  private static void requireImagesApart(NetworkSpec model, int frozen) {
    List<LayerSpec> layers = model.layers();
    for (LayerSpec layer : layers.subList(Math.min(frozen, layers.size()), layers.size())) {
      if (layer instanceof Batchnorm) {
        throw new IllegalArgumentException(
            "model has a batchnorm that learns, which mixes the images of a batch, so"
                + " training.privacy cannot bound what one of them tells; leave out one or the"
                + " other");
      }
    }
  }

  /** The same experiment with another training. */
  Experiment withTraining(TrainingSpec other) {
    return new Experiment(data, model, other, seed);
  }

  /** The same experiment on other data. */
  public Experiment withData(DataSpec newData) {
    return new Experiment(newData, model, training, seed);
  }

  /** The same experiment with another network. */
  public Experiment withModel(NetworkSpec other) {
    return new Experiment(data, other, training, seed);
  }

  /** The same experiment without an early end: all epochs, and the last network. */
  public Experiment withoutStopping() {
    return withTraining(training.withoutStopping());
  }

  /** The same experiment with all groups of images alike. */
  public Experiment withoutGroups() {
    return withTraining(training.withoutGroups());
  }

  /** The same experiment with another seed. */
  public Experiment withSeed(long other) {
    return new Experiment(data, model, training, other);
  }
}
