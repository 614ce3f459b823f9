package io.mnist4j.sweep;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.train.TrainingListener;

/** Is told how a sweep goes, and may end it. */
public interface SweepMonitor extends FetchListener, SweepListener, SweepRun.Stop {
  /** MNIST cannot be had, and the embedded digits stand in for it. */
  void onFallback(String reason);

  /** There is nothing left to do in a sweep that was to go on. */
  void onFinished(SweepFolder folder);

  /**
   * All is ready, and the first trial comes next.
   *
   * @param images that most trials learn from and are judged by
   * @param workers trials at once
   */
  void onSearch(SweepFolder folder, DataSplit images, int workers);

  /**
   * The workers are lost while trials are left.
   *
   * @return what is thrown in place of it, with how to go on
   */
  WorkersException onWorkersLost(WorkersException e);

  /** The trials are done, and the settings of the best one are trained on all images. */
  TrainingListener onFinalTraining(FinalTraining training, Trial best);
}
