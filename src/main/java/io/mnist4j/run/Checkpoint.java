package io.mnist4j.run;

import io.mnist4j.data.Dataset;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.ModelSummary.LayerRow;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingState;
import io.mnist4j.train.WeightAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * What a run goes on from: the network with its updater state, how far the training was, and the
 * average of the parameters where the run has one.
 */
record Checkpoint(TrainedModel model, TrainingState state, Optional<WeightAverage> average) {
  /** The entry of the file that holds the {@link TrainingState}. */
  private static final String STATE_ENTRY = "training.json";

  /** The entry that holds the average. */
  private static final String AVERAGE_ENTRY = "average.bin";

  /** One without an average. */
  Checkpoint(TrainedModel model, TrainingState state) {
    this(model, state, Optional.empty());
  }

  /**
   * Reads a checkpoint.
   *
   * @throws ModelException if it is missing or damaged
   */
  static Checkpoint read(Path file) throws ModelException {
    TrainedModel model = ModelArchive.read(file);
    try {
      String state = ModelArchive.readText(file, STATE_ENTRY);
      return new Checkpoint(model, TrainingState.fromJson(state), average(file, model));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: its %s %s".formatted(file, STATE_ENTRY, e.getMessage()), e);
    }
  }

  private static Optional<WeightAverage> average(Path file, TrainedModel model)
      throws ModelException {
    Optional<INDArray> values = ModelArchive.readArray(file, AVERAGE_ENTRY);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Experiment experiment = experimentOf(file, model);
    INDArray array = values.get();
    boolean fits =
        array.length() == model.network().numParams()
            && Double.isFinite(array.sumNumber().doubleValue());
    if (!fits || experiment.training().ema() == 0) {
      throw new ModelException(
          "%s: its %s does not belong to its network".formatted(file, AVERAGE_ENTRY));
    }
    return Optional.of(
        WeightAverage.of(array.reshape(1, array.length()), experiment.training().ema()));
  }

  private static Experiment experimentOf(Path file, TrainedModel model) throws ModelException {
    try {
      return ExperimentFile.fromMap(model.provenance().config(), file + "!/mnist4j.json");
    } catch (ConfigException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  /**
   * The experiment that was trained up to here.
   *
   * @throws ConfigException if the file holds none
   */
  Experiment experiment(Path file) throws ConfigException {
    return ExperimentFile.fromMap(model.provenance().config(), file + "!/mnist4j.json");
  }

  /**
   * Refuses arrays of other sizes than the network's, which native code would read beyond their
   * end.
   *
   * @throws ModelException if the file belongs to another network or optimizer
   */
  void requireFits(Path file, TrainingInputs inputs) throws ConfigException, ModelException {
    List<Long> expected =
        inputs.modelSummary().rows().stream().map(LayerRow::parameters).filter(n -> n > 0).toList();
    List<Long> found =
        Stream.of(model.network().getLayers()).map(Layer::numParams).filter(n -> n > 0).toList();
    if (!expected.equals(found)) {
      throw new ModelException(
          "%s has layers of %s parameters, and the network of this run has %s"
              .formatted(file, found, expected));
    }
    TrainingSpec training = inputs.experiment().training();
    if (average.isPresent() != training.ema() > 0) {
      throw new ModelException(
          "%s has %s average of the parameters, and this run has training.ema %s"
              .formatted(file, average.isPresent() ? "an" : "no", training.ema()));
    }
    Class<?> updater = training.optimizer().updater().getClass();
    for (UpdaterBlock block :
        ((MultiLayerUpdater) model.network().getUpdater()).getUpdaterBlocks()) {
      IUpdater config = block.getGradientUpdater().getConfig();
      if (config.hasLearningRate() && config.getClass() != updater) {
        throw new ModelException(
            "%s has the optimizer %s, and this run has %s"
                .formatted(file, config.getClass().getSimpleName(), updater.getSimpleName()));
      }
    }
    int steps = training.stepsPerEpoch(inputs.images().train().size());
    if (state.step() > steps || state.history().size() > training.epochs()) {
      throw new ModelException(
          "%s: its %s is %d epochs and %d steps far, and this run has %d epochs of %d steps"
              .formatted(
                  file,
                  STATE_ENTRY,
                  state.history().size(),
                  state.step(),
                  training.epochs(),
                  steps));
    }
  }

  void write(Path file) throws IOException {
    Map<String, INDArray> arrays =
        average.map(a -> Map.of(AVERAGE_ENTRY, a.values())).orElse(Map.of());
    ModelArchive.write(file, model, Map.of(STATE_ENTRY, state.toJson()), arrays);
  }

  /**
   * Refuses to go on with other images than those that the run began with.
   *
   * @throws ModelException if the content of the data set is another one
   */
  void requireSameData(RunFolder folder, Dataset dataset) throws ModelException {
    if (!model.provenance().datasetSha256().equals(dataset.contentSha256())) {
      throw new ModelException(
          "%s was begun on other data: the content of %s has changed since; start a new run"
              .formatted(folder.path(), dataset.name()));
    }
  }
}
