package io.mnist4j.sweep.workers;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.TrainingInputs;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A data set in memory, and the parts of it that trials use: trials that use the same part share
 * it. Safe for any number of threads.
 */
public final class TrialImages {
  /** Splits that are kept; a sweep has more than one only if it searches how images are chosen. */
  private static final int KEPT = 2;

  private final Dataset dataset;
  private final Map<SplitKey, DataSplit> splits =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SplitKey, DataSplit> eldest) {
          return size() > KEPT;
        }
      };

  private record SplitKey(DataSpec spec, long seed) {}

  /**
   * @param dataset which all experiments that are asked for name
   */
  public TrialImages(Dataset dataset) {
    this.dataset = dataset;
  }

  public Dataset dataset() {
    return dataset;
  }

  /**
   * What an experiment learns from and is judged by.
   *
   * @throws ConfigException if there are not enough images for what is asked
   */
  public synchronized TrainingInputs of(Experiment experiment) throws ConfigException {
    SplitKey key = new SplitKey(experiment.data(), experiment.seed());
    DataSplit split = splits.get(key);
    if (split == null) {
      split = DataSelection.of(dataset, key.spec(), key.seed());
      splits.put(key, split);
    }
    return new TrainingInputs(experiment, split);
  }
}
