package io.mnist4j.run;

import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.TrainingListener;
import io.mnist4j.train.TrainingState;
import java.io.IOException;
import java.util.Map;

/** Keeps a training's metrics, best network and checkpoint in the run directory. */
final class RunRecorder implements TrainingListener {
  /** The entry of a checkpoint that holds the {@link TrainingState}. */
  static final String STATE_ENTRY = "training.json";

  private final RunFolder folder;
  private final TrainedModel model;
  private final StoppingSpec stopping;

  /**
   * @param model whose network is trained; its metrics are not known yet
   */
  RunRecorder(RunFolder folder, TrainedModel model, StoppingSpec stopping) {
    this.folder = folder;
    this.model = model;
    this.stopping = stopping;
  }

  /**
   * The checkpoint comes last: if the process dies before it is there, the epoch is done again and
   * writes the other files again, to the same content.
   */
  @Override
  public void onCheckpoint(TrainingState state) throws IOException {
    if (state.step() == 0) {
      RunFormat.writeMetrics(folder, state.history());
      if (stopping.patience() > 0 && stopping.bestEpoch(state.history()) == state.epoch() - 1) {
        ModelArchive.write(folder.best(), model);
      }
    }
    ModelArchive.write(folder.checkpoint(), model, Map.of(STATE_ENTRY, state.toJson()));
  }
}
