package io.mnist4j.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {
  /** Group 0 of 40 clusters, group 1 of 60; clusters of so many images, all right or all wrong. */
  private static GroupGap gap(int imagesOfACluster, int wrongOfBest, int wrongOfWorst) {
    int images = 100 * imagesOfACluster;
    int[] cluster = new int[images];
    int[] group = new int[images];
    boolean[] right = new boolean[images];
    for (int i = 0; i < images; i++) {
      cluster[i] = i / imagesOfACluster;
      group[i] = cluster[i] < 40 ? 0 : 1;
      right[i] = group[i] == 0 ? cluster[i] >= wrongOfBest : cluster[i] - 40 >= wrongOfWorst;
    }
    return new ClusterBootstrap(cluster, group, right, 0, 1).gap("best", "worst");
  }

  @Test
  void figuresAreThoseOfAllImages() {
    GroupGap gap = gap(7, 4, 15);
    assertEquals(0.9 - 0.75, gap.difference().value(), 1e-12);
    assertEquals(0.75 / 0.9, gap.ratio().value(), 1e-12);
    assertEquals(0.25 / 0.1, gap.errorRatio().orElseThrow().value(), 1e-12);
    assertEquals(100, gap.clusters());
    assertTrue(gap(3, 0, 5).errorRatio().isEmpty());
  }

  /**
   * Where images of a cluster are all alike, a cluster is worth one image: the standard error is
   * sqrt(p (1 - p) / clusters + ...), however many images there are.
   */
  @Test
  void alikeImagesOfAClusterCountOnce() {
    double error = Math.sqrt(0.9 * 0.1 / 40 + 0.75 * 0.25 / 60);
    for (int images : new int[] {1, 10}) {
      BootstrapEstimate gap = gap(images, 4, 15).difference();
      assertEquals(0.15 - 1.96 * error, gap.low(), 0.02);
      assertEquals(0.15 + 1.96 * error, gap.high(), 0.02);
    }
  }

  /** Another program's way to the same: sums of drawn clusters, image by image. */
  @Test
  void intervalIsThatOfASlowBootstrap() {
    Random random = new Random(1);
    int clusters = 30;
    int images = 600;
    int[] cluster = new int[images];
    int[] group = new int[images];
    boolean[] right = new boolean[images];
    for (int i = 0; i < images; i++) {
      cluster[i] = random.nextInt(clusters);
      group[i] = cluster[i] % 3 == 0 ? 2 : random.nextInt(2);
      right[i] = random.nextDouble() < (group[i] == 0 ? 0.95 : 0.6 + cluster[i] % 4 * 0.1);
    }
    GroupGap gap = new ClusterBootstrap(cluster, group, right, 0, 1).gap("a", "b");
    double[] differences = new double[4_000];
    for (int replicate = 0; replicate < differences.length; replicate++) {
      double[] sums = new double[4];
      for (int draw = 0; draw < clusters; draw++) {
        int drawn = random.nextInt(clusters);
        for (int i = 0; i < images; i++) {
          if (cluster[i] == drawn && group[i] < 2) {
            sums[2 * group[i]] += right[i] ? 1 : 0;
            sums[2 * group[i] + 1]++;
          }
        }
      }
      differences[replicate] = sums[0] / sums[1] - sums[2] / sums[3];
    }
    java.util.Arrays.sort(differences);
    double width = differences[3_900] - differences[100];
    assertEquals(differences[100], gap.difference().low(), 0.06 * width);
    assertEquals(differences[3_900], gap.difference().high(), 0.06 * width);
    assertEquals(20, gap.clusters());
    assertEquals(gap, new ClusterBootstrap(cluster, group, right, 0, 1).gap("a", "b"));
  }
}
