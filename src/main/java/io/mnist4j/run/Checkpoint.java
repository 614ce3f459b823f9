package io.mnist4j.run;

import io.mnist4j.data.Dataset;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.train.TrainingState;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What a run goes on from: the network with its updater state, and how far the training was. */
record Checkpoint(TrainedModel model, TrainingState state) {
  /**
   * Reads a checkpoint.
   *
   * @throws ModelException if it is missing or damaged
   */
  static Checkpoint read(Path file) throws ModelException {
    TrainedModel model = ModelArchive.read(file);
    try {
      String state = ModelArchive.readText(file, RunRecorder.STATE_ENTRY);
      return new Checkpoint(model, TrainingState.fromJson(state));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s: its %s %s".formatted(file, RunRecorder.STATE_ENTRY, e.getMessage()), e);
    }
  }

  MultiLayerNetwork network() {
    return model.network();
  }

  /**
   * Refuses to go on with other images than those that the run began with.
   *
   * @throws ModelException if the content of the data set is another one
   */
  void requireSameData(RunFolder folder, Dataset dataset) throws ModelException {
    Provenance provenance = model.provenance();
    if (!provenance.datasetSha256().equals(dataset.contentSha256())) {
      throw new ModelException(
          "%s was begun on other data: the content of %s has changed since; start a new run"
              .formatted(folder.path(), dataset.name()));
    }
  }
}
