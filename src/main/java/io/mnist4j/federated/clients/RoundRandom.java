package io.mnist4j.federated.clients;

import io.mnist4j.random.SplitMix64;

/** Random numbers for one purpose in one round, the same on every machine. */
public final class RoundRandom {
  /** What numbers are drawn for; each purpose has numbers of its own. */
  public enum Purpose {
    DEALING(1),
    CHOICE(2),
    DROPOUTS(3),
    NOISE(4);

    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  private static final long STREAM = 0xD1342543DE82EF95L;

  private final SplitMix64 random;

  /** Half of a pair of normal numbers that is left; not a number where there is none. */
  private double spare = Double.NaN;

  /**
   * @param round from 1; 0 before the first
   */
  public RoundRandom(long seed, Purpose purpose, int round) {
    random = new SplitMix64(seed + STREAM * purpose.number, round);
  }

  /** Uniform in 0 to bound - 1. */
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** True with the given probability. */
  public boolean nextBoolean(double probability) {
    return random.nextBoolean(probability);
  }

  /** Uniform, above 0 and at most 1. */
  public double nextPositive() {
    return 1 - random.nextDouble();
  }

  /**
   * Standard normal, by the polar method (Marsaglia and Bray, 1964); {@link StrictMath}, so that
   * every JDK gives the same bits.
   */
  public double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double next = spare;
      spare = Double.NaN;
      return next;
    }
    double x;
    double y;
    double square;
    do {
      x = random.nextDouble(-1, 1);
      y = random.nextDouble(-1, 1);
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    return x * factor;
  }

  /**
   * The logarithm of a number of the gamma distribution with scale 1, by Marsaglia and Tsang, "A
   * simple method for generating gamma variables" (2000); below 1 by their factor U^(1/a), whose
   * logarithm does not become 0 where the number itself would.
   *
   * @param shape above 0
   */
  public double nextLogGamma(double shape) {
    if (shape < 1) {
      return nextLogGamma(shape + 1) + StrictMath.log(nextPositive()) / shape;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = nextPositive();
        if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return StrictMath.log(d * v);
        }
      }
    }
  }
}
