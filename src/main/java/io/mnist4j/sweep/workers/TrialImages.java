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
  private final Dataset dataset;
  private final long seed;

  /** The last two, oldest first; a sweep has more only where it varies how images are chosen. */
  private final Map<DataSpec, DataSplit> splits = new LinkedHashMap<>();

  /**
   * @param dataset which all experiments that are asked for name
   * @param seed of the choice of images; that of an experiment plays no part, since trials that are
   *     evaluated on other images could not be compared
   */
  public TrialImages(Dataset dataset, long seed) {
    this.dataset = dataset;
    this.seed = seed;
  }

  public Dataset dataset() {
    return dataset;
  }

  public long seed() {
    return seed;
  }

  /**
   * The images that an experiment is trained on and evaluated on.
   *
   * @throws ConfigException if there are not enough images for what is asked
   */
  public synchronized TrainingInputs of(Experiment experiment) throws ConfigException {
    DataSpec spec = experiment.data();
    DataSplit split = splits.remove(spec);
    if (split == null) {
      split = DataSelection.of(dataset, spec, seed);
      if (splits.size() == 2) {
        splits.remove(splits.keySet().iterator().next());
      }
    }
    splits.put(spec, split);
    return new TrainingInputs(experiment, split);
  }
}
