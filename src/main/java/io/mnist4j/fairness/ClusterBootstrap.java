package io.mnist4j.fairness;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;
import java.util.Optional;

/**
 * The gap between two groups, with intervals by the bootstrap over clusters: as many clusters are
 * drawn as there are, with replacement, each with all its images, and the figures computed of them;
 * the interval runs from the 2.5 % to the 97.5 % quantile of the figures (the percentile method:
 * Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13; clusters: Davison and
 * Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8). The images of a writer
 * are alike, so that resampling images would make the intervals too narrow.
 */
final class ClusterBootstrap {
  /** Draws of all clusters. */
  private static final int REPLICATES = 5_000;

  private static final long SEED = 1;
  private static final double LOW = 0.025;

  /** Of each cluster that has images in either group: those of the best and of the worst group. */
  private final int[] bestImages;

  private final int[] bestRight;
  private final int[] worstImages;
  private final int[] worstRight;
  private final int clusters;

  /**
   * @param cluster of each image, from 0
   * @param group of each image
   * @param right whether each image was named rightly
   */
  ClusterBootstrap(int[] cluster, int[] group, boolean[] right, int best, int worst) {
    int[] number = new int[Arrays.stream(cluster).max().orElseThrow() + 1];
    int found = 0;
    for (int image = 0; image < cluster.length; image++) {
      if ((group[image] == best || group[image] == worst) && number[cluster[image]] == 0) {
        number[cluster[image]] = ++found;
      }
    }
    clusters = found;
    bestImages = new int[clusters];
    bestRight = new int[clusters];
    worstImages = new int[clusters];
    worstRight = new int[clusters];
    for (int image = 0; image < cluster.length; image++) {
      int of = number[cluster[image]] - 1;
      int one = right[image] ? 1 : 0;
      if (group[image] == best) {
        bestImages[of]++;
        bestRight[of] += one;
      }
      if (group[image] == worst) {
        worstImages[of]++;
        worstRight[of] += one;
      }
    }
  }

  /** Sums over clusters. */
  private record Totals(long bestImages, long bestRight, long worstImages, long worstRight) {
    double best() {
      return (double) bestRight / bestImages;
    }

    double worst() {
      return (double) worstRight / worstImages;
    }

    /** Not a number, or infinite, where the best group has no errors. */
    double errorRatio() {
      return (1 - worst()) / (1 - best());
    }
  }

  private Totals totals(int[] drawn) {
    long[] sums = new long[4];
    for (int cluster : drawn) {
      sums[0] += bestImages[cluster];
      sums[1] += bestRight[cluster];
      sums[2] += worstImages[cluster];
      sums[3] += worstRight[cluster];
    }
    return new Totals(sums[0], sums[1], sums[2], sums[3]);
  }

  /** The gap of groups of these names. The same images give the same intervals. */
  GroupGap gap(String best, String worst) {
    int[] drawn = new int[clusters];
    Arrays.setAll(drawn, i -> i);
    Totals all = totals(drawn);
    double[] differences = new double[REPLICATES];
    double[] ratios = new double[REPLICATES];
    double[] errorRatios = new double[REPLICATES];
    int kept = 0;
    for (int replicate = 0; replicate < REPLICATES; replicate++) {
      SplitMix64 random = new SplitMix64(SEED, replicate);
      for (int i = 0; i < clusters; i++) {
        drawn[i] = random.nextInt(clusters);
      }
      Totals totals = totals(drawn);
      // Few clusters may leave a group out, of which then nothing is known.
      if (totals.bestImages() > 0 && totals.worstImages() > 0) {
        differences[kept] = totals.best() - totals.worst();
        ratios[kept] = totals.worst() / totals.best();
        errorRatios[kept] = totals.errorRatio();
        kept++;
      }
    }
    boolean errors = all.bestRight() < all.bestImages();
    return new GroupGap(
        best,
        worst,
        estimate(all.best() - all.worst(), differences, kept),
        estimate(all.worst() / all.best(), ratios, kept),
        errors ? Optional.of(estimate(all.errorRatio(), errorRatios, kept)) : Optional.empty(),
        clusters);
  }

  private static BootstrapEstimate estimate(double value, double[] replicates, int kept) {
    double[] sorted = Arrays.copyOf(replicates, kept);
    // What is not a number comes last.
    Arrays.sort(sorted);
    int low = (int) Math.floor(LOW * (kept - 1));
    int high = (int) Math.ceil((1 - LOW) * (kept - 1));
    return kept == 0
        ? new BootstrapEstimate(value, Double.NaN, Double.NaN)
        : new BootstrapEstimate(value, sorted[low], sorted[high]);
  }
}
