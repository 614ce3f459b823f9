package io.mnist4j.train.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Each image is taken with the same probability, independently of all others. */
class PoissonSamplerTest {
  private static final int STEPS = 20_000;

  private static PrivacyPlan plan(int images, int batchSize) {
    return new PrivacyPlan(images, batchSize, 1, 1, 1e-5, STEPS, true);
  }

  @Test
  void imagesAreTakenIndependently() {
    int images = 50;
    PrivacyPlan plan = plan(images, 10);
    PoissonSampler sampler = new PoissonSampler(NoiseKey.ofSeed(3), plan);
    int[] chosen = new int[plan.room()];
    int[] taken = new int[images];
    int[][] together = new int[images][images];
    double squares = 0;
    int empty = 0;
    for (int step = 1; step <= STEPS; step++) {
      int size = sampler.draw(step, chosen);
      squares += (size - 10.0) * (size - 10);
      empty += size == 0 ? 1 : 0;
      for (int i = 0; i < size; i++) {
        taken[chosen[i]]++;
        assertTrue(i == 0 || chosen[i] > chosen[i - 1]);
        for (int j = 0; j < i; j++) {
          together[chosen[j]][chosen[i]]++;
        }
      }
    }
    double q = 0.2;
    for (int i = 0; i < images; i++) {
      assertEquals(q, (double) taken[i] / STEPS, 5 * Math.sqrt(q * (1 - q) / STEPS));
      for (int j = i + 1; j < images; j++) {
        assertEquals(
            q * q, (double) together[i][j] / STEPS, 5 * Math.sqrt(q * q * (1 - q * q) / STEPS));
      }
    }
    // The variance of a sum of 50 independent choices.
    assertEquals(images * q * (1 - q), squares / STEPS, 0.3);
    assertEquals(Math.pow(1 - q, images), (double) empty / STEPS, 5e-5 + 5e-4);
  }

  @Test
  void allAreTakenWhereTheBatchIsAll() {
    PoissonSampler sampler = new PoissonSampler(NoiseKey.secret(), plan(30, 30));
    int[] chosen = new int[30];
    assertEquals(30, sampler.draw(1, chosen));
    assertEquals(29, chosen[29]);
  }

  /** The bound itself, summed in double precision. */
  @Test
  void batchesHardlyEverFindNoRoom() {
    for (int batchSize : new int[] {1, 16, 256, 2_048}) {
      PrivacyPlan plan = plan(60_000, batchSize);
      double q = plan.rate();
      // ln P(X = k), from k = 0 on.
      double logarithm = plan.images() * Math.log1p(-q);
      double beyond = 0;
      for (int k = 0; k < plan.images(); k++) {
        beyond += k > plan.room() ? Math.exp(logarithm) : 0;
        logarithm += Math.log((double) (plan.images() - k) / (k + 1)) + Math.log(q / (1 - q));
      }
      assertTrue(beyond < 1e-21, "%s beyond %d".formatted(beyond, plan.room()));
    }
    assertEquals(100, plan(100, 90).room());
  }
}
