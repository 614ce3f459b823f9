package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.NetworkSpecReader;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.FusedLearner;
import io.mnist4j.train.engine.LearnerChoice;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What models say of many images. On the CPU, networks with feature maps are computed by the
 * program's own step: DL4J takes several times as long, and gigabytes.
 */
public final class ModelPredictions {
  /** Images by which it is seen that the network is the one that the model's settings describe. */
  private static final int COMPARED = 16;

  /** By which the same outputs of two ways to compute them differ at most, by rounding. */
  private static final float TOLERANCE = 1e-3f;

  private ModelPredictions() {}

  /**
   * Predictions of a model.
   *
   * @param images at least one, of the size and the classes of the model
   * @param backend started
   * @param threads that compute
   */
  public static Predictions of(TrainedModel model, ImageSet images, Backend backend, int threads) {
    Optional<NetworkSpec> network =
        backend.cuda().isPresent() ? Optional.empty() : networkWithMaps(model, images.size());
    if (network.isEmpty()) {
      return Predictions.of(model.network(), images);
    }
    ImageSet first = images.subset(IntStream.range(0, Math.min(COMPARED, images.size())).toArray());
    Predictions expected = Predictions.of(model.network(), first);
    TrainingTask task =
        new TrainingTask(
            model.network(),
            network.get().output(),
            images,
            model.provenance().labels().size(),
            TrainingSpec.DEFAULT,
            1,
            backend);
    try (Learner learner = LearnerChoice.of(network.get(), task.classes()).create(task, threads)) {
      if (agree(expected, learner.predict(first))) {
        return learner.predict(images);
      }
    }
    return Predictions.of(model.network(), images);
  }

  /** Empty where the model is no such network, or the heap is too small for its maps. */
  private static Optional<NetworkSpec> networkWithMaps(TrainedModel model, int images) {
    Provenance provenance = model.provenance();
    try {
      NetworkSpec network =
          provenance.config().isEmpty()
              ? NetworkSpecReader.of(model.network().getLayerWiseConfigurations())
              : ExperimentFile.fromMap(provenance.config(), "model").model();
      ModelSummary summary =
          ModelSummary.of(
              network, provenance.height(), provenance.width(), provenance.labels().size());
      long maps =
          MemoryEstimate.featureMapBytes(
              summary, FusedLearner.imagesAtOnce(TrainingSpec.DEFAULT, images));
      return maps > 0
              && MemoryEstimate.fitsHeap(maps)
              && summary.parameters() == model.network().numParams()
          ? Optional.of(network)
          : Optional.empty();
    } catch (ConfigException | IllegalArgumentException e) {
      // Such as another program's network, put into a file of ours, or one that is none of ours.
      return Optional.empty();
    }
  }

  private static boolean agree(Predictions expected, Predictions found) {
    for (int image = 0; image < expected.size(); image++) {
      for (int label = 0; label < expected.classes(); label++) {
        if (!(Math.abs(expected.output(image, label) - found.output(image, label)) < TOLERANCE)) {
          return false;
        }
      }
    }
    return true;
  }
}
