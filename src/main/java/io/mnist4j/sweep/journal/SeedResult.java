package io.mnist4j.sweep.journal;

import io.mnist4j.train.EpochMetrics;
import java.io.Serializable;

/**
 * What one of a trial's trainings came to, each of which has a seed of its own.
 *
 * @param bestEpoch the epoch whose network it would keep, from 1
 * @param validationLoss of that network; not a number where another program did not measure it
 * @param validationAccuracy likewise, 0 to 1
 */
public record SeedResult(int bestEpoch, double validationLoss, double validationAccuracy)
    implements Serializable {

  /** Of an epoch that is kept. */
  public static SeedResult of(EpochMetrics kept) {
    return new SeedResult(kept.epoch(), kept.validationLoss(), kept.validationAccuracy());
  }
}
