package io.mnist4j.explain;

import io.mnist4j.data.fetch.FetchListener;

/** Is told how the measuring of explanations goes. */
public interface MeasurementMonitor extends FetchListener {
  /** So many images have been explained and their explanations tried. */
  default void onImages(int done, int images) {}
}
