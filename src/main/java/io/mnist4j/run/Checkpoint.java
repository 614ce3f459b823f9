package io.mnist4j.run;

import io.mnist4j.data.Dataset;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.train.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a run goes on from: the network with its updater state, and how far the training was. */
record Checkpoint(TrainedModel model, TrainingState state) {
  /** The entry of the file that holds the {@link TrainingState}. */
  private static final String STATE_ENTRY = "training.json";

  /**
   * Reads a checkpoint.
   *
   * @throws ModelException if it is missing or damaged
   */
  static Checkpoint read(Path file) throws ModelException {
    TrainedModel model = ModelArchive.read(file);
    try {
      String state = ModelArchive.readText(file, STATE_ENTRY);
      return new Checkpoint(model, TrainingState.fromJson(state));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: its %s %s".formatted(file, STATE_ENTRY, e.getMessage()), e);
    }
  }

  void write(Path file) throws IOException {
    ModelArchive.write(file, model, Map.of(STATE_ENTRY, state.toJson()));
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
