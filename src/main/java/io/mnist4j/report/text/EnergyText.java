package io.mnist4j.report.text;

import io.mnist4j.energy.EnergyUse;
import io.mnist4j.run.TrainingEnergy;

/** Energy as a person reads it. */
public final class EnergyText {
  private static final double JOULES_PER_KWH = 3.6e6;

  private EnergyText() {}

  /** What a training took, in a line. */
  public static String of(TrainingEnergy energy) {
    StringBuilder text = new StringBuilder("Energy: ").append(joules(energy.run().joules()));
    energy.joulesPerEpoch().ifPresent(mean -> text.append(", %s an epoch".formatted(joules(mean))));
    text.append(end(energy.run()));
    energy
        .savedJoules()
        .ifPresent(
            saved ->
                text.append("; the epochs that were left out would have taken about ")
                    .append(joules(saved))
                    .append(" (an estimate: as much an epoch)"));
    return text.toString();
  }

  /** What a sweep or another command took, in a line. */
  public static String of(EnergyUse use) {
    return "Energy: " + joules(use.joules()) + end(use);
  }

  /**
   * What predictions took, in a line.
   *
   * @param images at least 1
   */
  public static String ofPredictions(EnergyUse use, long images) {
    return "Energy: %s, %s for 1,000 predictions%s"
        .formatted(joules(use.joules()), joules(1_000 * use.joules() / images), end(use));
  }

  /** Who counted, and what it means in carbon dioxide. */
  private static String end(EnergyUse use) {
    String carbon =
        use.carbonGrams().isPresent()
            ? "; %s g of CO2 at %s g/kWh"
                .formatted(
                    digits(use.carbonGrams().getAsDouble()),
                    digits(use.gramsPerKwh().getAsDouble()))
            : "";
    return " by %s, other programs' share included%s".formatted(use.source(), carbon);
  }

  /** {@code 0.52 J}, {@code 7.31 kJ}, {@code 1.2 kWh}. */
  public static String joules(double joules) {
    if (joules >= JOULES_PER_KWH) {
      return digits(joules / JOULES_PER_KWH) + " kWh";
    }
    return joules >= 1_000 ? digits(joules / 1_000) + " kJ" : digits(joules) + " J";
  }

  /** Three digits that count, and all of those before the point. */
  private static String digits(double value) {
    if (value == 0 || value >= 100) {
      return NumberText.format("%.0f", value);
    }
    int decimals = Math.min(9, 2 - (int) Math.floor(Math.log10(value)));
    return NumberText.format("%." + decimals + "f", value);
  }
}
