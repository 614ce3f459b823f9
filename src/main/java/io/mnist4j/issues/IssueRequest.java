package io.mnist4j.issues;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.run.Experiment;
import io.mnist4j.train.ThreadTuner;
import java.util.OptionalInt;

/**
 * What is looked for, and where.
 *
 * @param experiment whose data set is looked at by networks as it trains them
 * @param store of data sets
 * @param backend that was chosen; it is started when the data is there
 * @param tuner says how many threads compute, where the backend is the CPU
 * @param folds networks that are trained, each on all training images but a part, at least 2
 * @param repeats how often that is done, each time with other parts, at least 1
 * @param scope the part whose issues are named
 * @param ranking what the labels are ordered by
 * @param proposals images of lowest score that are named as mislabelled; empty for as many as
 *     confident learning counts
 */
public record IssueRequest(
    Experiment experiment,
    DataStore store,
    Backend backend,
    ThreadTuner tuner,
    int folds,
    int repeats,
    IssueScope scope,
    LabelRanking ranking,
    OptionalInt proposals) {

  /** Parts of a data set. */
  public enum IssueScope {
    TRAIN,
    TEST,
    ALL
  }
}
