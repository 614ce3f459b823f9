package io.mnist4j.run;

import java.util.Locale;

/** The content of {@code metrics.csv}: a line for each epoch. */
public final class MetricsCsv {
  private final StringBuilder csv =
      new StringBuilder("epoch,trainLoss,validationLoss,validationAccuracy,seconds\n");

  /** Adds the line of an epoch. */
  public void add(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {
    csv.append(
        String.format(
            Locale.ROOT,
            "%d,%.6f,%.6f,%.6f,%.3f\n",
            epoch,
            trainLoss,
            validationLoss,
            validationAccuracy,
            seconds));
  }

  @Override
  public String toString() {
    return csv.toString();
  }
}
