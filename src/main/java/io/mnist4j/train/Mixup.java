package io.mnist4j.train;

import io.mnist4j.random.SplitMix64;

/**
 * Mixup (Zhang et al., "mixup: Beyond Empirical Risk Minimization", 2018): each image of a batch is
 * blended with another one of it, λ to 1 - λ, and so are their targets. As in the authors' program,
 * λ is drawn from Beta(α, α) once for a batch, and the others are the batch in a random order.
 *
 * <p>All of it depends on the seed, the epoch and the batch alone.
 */
public final class Mixup {
  /** Keeps its random numbers apart from those of other uses of the seed. */
  private static final long STREAM = 0x6d69787570L;

  private final double alpha;
  private final long seed;
  private final int[] partners;
  private float share;

  /**
   * @param alpha above 0
   * @param batchSize the most images of a batch
   */
  public Mixup(double alpha, long seed, int batchSize) {
    this.alpha = alpha;
    this.seed = seed;
    partners = new int[batchSize];
  }

  /** The one of a training; null where images stay by themselves. */
  public static Mixup of(TrainingTask task, int batchSize) {
    double alpha = task.training().mixup();
    return alpha == 0 ? null : new Mixup(alpha, task.seed(), batchSize);
  }

  /**
   * Draws for a batch.
   *
   * @param epoch from 1
   * @param batch of the epoch, from 0
   * @param size of the batch
   */
  public void draw(int epoch, int batch, int size) {
    SplitMix64 random = new SplitMix64(seed ^ STREAM, (long) epoch << 32 | batch);
    share = (float) beta(random);
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      partners[i] = partners[j];
      partners[j] = i;
    }
  }

  /** Beta(α, α), as the share of one of two gamma variables. */
  private double beta(SplitMix64 random) {
    double one = gamma(alpha, random);
    double other = gamma(alpha, random);
    // Both are 0 in double precision where α is close to 0: there, λ is 0 or 1.
    return one + other > 0 ? one / (one + other) : random.nextInt(2);
  }

  /** Marsaglia and Tsang ("A simple method for generating gamma variables", 2000). */
  private static double gamma(double shape, SplitMix64 random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * StrictMath.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal(random);
      double v = 1 + c * x;
      v = v * v * v;
      double u = 1 - random.nextDouble();
      if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }

  /** Box and Muller. */
  private static double normal(SplitMix64 random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** λ, the share of the image itself, 0 to 1. */
  public float share() {
    return share;
  }

  /** The place of the image that the one at a place of the batch is blended with. */
  public int partner(int place) {
    return partners[place];
  }

  /** The label, of two, that a blended image has more of. */
  public int label(int own, int ofPartner) {
    return share >= 0.5f ? own : ofPartner;
  }

  /** Blends numbers of an image with those of its partner. */
  public void blend(float[] own, float[] ofPartner, float[] blended) {
    for (int i = 0; i < own.length; i++) {
      blended[i] = share * own[i] + (1 - share) * ofPartner[i];
    }
  }
}
