package io.mnist4j.api;

import java.util.concurrent.CancellationException;

/** What a search is for: measures one choice of settings. */
@FunctionalInterface
public interface SearchObjective {
  /**
   * Measures, however it likes: by a {@link Training} of the trial's config, or by any other
   * program.
   *
   * @return the value of the sweep file's objective: a validation accuracy from 0 to 1, of which
   *     more is better, or as {@code validation-loss} any number of which less is better
   * @throws CancellationException to end the search; the trial counts as failed
   * @throws Exception for a trial that has failed; the search goes on with the next one
   */
  double measure(SearchTrial trial) throws Exception;
}
