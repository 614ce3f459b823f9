package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.train.RaisedCourse;
import io.mnist4j.train.ThreadTuner;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run is to do, before anything is loaded.
 *
 * @param store of data sets
 * @param backend that was chosen; it is started when the data is there
 * @param tuner says how many threads compute, where the backend is the CPU
 * @param checkpointSeconds between two checkpoints within an epoch; 0 for none
 * @param tensorBoard whether to write event files, too
 * @param raised how the learning rate goes on where the run is to have more epochs than it was
 *     begun with; empty where nothing is asked for
 * @param gramsPerKwh of carbon dioxide that the run's energy is told in, too; empty for none
 */
public record TrainingRequest(
    Experiment experiment,
    DataStore store,
    Backend backend,
    ThreadTuner tuner,
    RunFolderChoice folder,
    double checkpointSeconds,
    boolean tensorBoard,
    Optional<RaisedCourse> raised,
    OptionalDouble gramsPerKwh) {

  /** Makes the folder of a new run, or names that of one that goes on. */
  public interface RunFolderChoice {
    /**
     * Called when all else is known to be right.
     *
     * @param inputs of the run
     */
    RunFolder folder(TrainingInputs inputs) throws IOException;
  }

  /** The same for another experiment and folder. */
  public TrainingRequest with(Experiment other, RunFolderChoice otherFolder) {
    return new TrainingRequest(
        other,
        store,
        backend,
        tuner,
        otherFolder,
        checkpointSeconds,
        tensorBoard,
        raised,
        gramsPerKwh);
  }
}
