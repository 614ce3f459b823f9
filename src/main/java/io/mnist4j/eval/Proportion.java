package io.mnist4j.eval;

/**
 * A share of independent trials, with the interval that its true value lies in.
 *
 * @param successes 0 to {@code trials}
 * @param trials 0 or more
 */
public record Proportion(long successes, long trials) {
  /** The 97.5 % quantile of the standard normal distribution: what two-sided 95 % takes. */
  private static final double Z = 1.959963984540054;

  public Proportion {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(successes + " of " + trials);
    }
  }

  /** Whether there were any trials: without them nothing is known. */
  public boolean known() {
    return trials > 0;
  }

  /** The share, 0 to 1; not a number where there were no trials. */
  public double value() {
    return (double) successes / trials;
  }

  /** The lower end of the 95 % interval, 0 to 1; 0 where there were no trials. */
  public double low() {
    return successes == 0 ? 0 : Math.max(0, center() - margin());
  }

  /** The upper end of the 95 % interval, 0 to 1; 1 where there were no trials. */
  public double high() {
    return successes == trials ? 1 : Math.min(1, center() + margin());
  }

  /** Wilson's score interval: J. Am. Stat. Assoc. 22 (1927), 209-212. */
  private double center() {
    return (successes + Z * Z / 2) / (trials + Z * Z);
  }

  private double margin() {
    double failures = trials - successes;
    return Z / (trials + Z * Z) * Math.sqrt(successes * failures / trials + Z * Z / 4);
  }
}
