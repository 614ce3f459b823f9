package io.mnist4j.sweep.journal;

import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.EpochMetrics;
import java.util.SortedMap;

/** Something that has happened in a sweep: a line of its journal. */
public sealed interface JournalEntry {

  /**
   * The sweep was begun.
   *
   * @param dataset its name
   * @param contentSha256 file name → SHA-256 of its uncompressed content
   */
  record Begun(String dataset, SortedMap<String, String> contentSha256) implements JournalEntry {}

  /**
   * A trial was begun, perhaps not for the first time: what was known of it holds no more.
   *
   * @param elapsed seconds that the sweep has been worked on by then
   */
  record Started(int trial, Point point, double elapsed) implements JournalEntry {}

  /** A trial has done an epoch. */
  record Progressed(int trial, EpochMetrics epoch) implements JournalEntry {}

  /**
   * A trial is over.
   *
   * @param bestEpoch whose figures count, from 1; 0 where none does
   * @param reason why it did not come to its end; empty where it did
   * @param elapsed seconds that the sweep has been worked on by then
   */
  record Ended(int trial, Trial.TrialState state, int bestEpoch, String reason, double elapsed)
      implements JournalEntry {}

  /** The best trial's experiment has become a network. */
  record Finished(FinalResult finish) implements JournalEntry {}
}
