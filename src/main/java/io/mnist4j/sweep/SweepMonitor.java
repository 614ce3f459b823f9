package io.mnist4j.sweep;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.train.TrainingListener;

/** Is told how a sweep goes, always by the same thread once trials run, and may end it. */
public interface SweepMonitor extends FetchListener, AgentMonitor {
  /** MNIST is not available, and the embedded digits take its place. */
  void onFallback(String reason);

  /** A sweep that was to be resumed has nothing left to do. */
  void onFinished(SweepFolder folder);

  /**
   * All is ready, and the first trial comes next.
   *
   * @param images that most trials are trained on and evaluated on
   * @param workers trials at once
   */
  void onSearch(SweepFolder folder, DataSplit images, int workers);

  /** There are fewer points than trials were asked for, and none is left. */
  void onAllTried(int trials);

  /**
   * The workers are lost while trials are left.
   *
   * @return what is thrown instead, which says how to continue
   */
  WorkersException onWorkersLost(WorkersException e);

  /** The trials are done, and the settings of the best one are trained on all images. */
  TrainingListener onFinalTraining(FinalTraining training, Trial best);
}
