package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.Console;
import io.mnist4j.energy.EnergyCounter;
import io.mnist4j.energy.EnergyMeter;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What is told of the energy that a command took, where the machine shows it. */
public final class EnergyOption extends OptionGroup {
  private OptionalDouble gramsPerKwh = OptionalDouble.empty();

  @Option(
      names = "--carbon",
      paramLabel = "G_PER_KWH",
      description =
          "Also tells the energy, where the machine's counters show it, as grams of carbon dioxide:"
              + " so many stand for a kilowatt-hour.")
  void gramsPerKwh(double asked) {
    if (!(asked >= 0 && Double.isFinite(asked))) {
      throw wrong("--carbon must be grams per kilowatt-hour, at least 0, not " + asked);
    }
    gramsPerKwh = OptionalDouble.of(asked);
  }

  /** The grams that a kilowatt-hour stands for; empty where nobody asks for them. */
  public OptionalDouble gramsPerKwh() {
    return gramsPerKwh;
  }

  /** Begins to measure. */
  public EnergyMeter meter() {
    return new EnergyMeter(gramsPerKwh);
  }

  /**
   * Says it, or why it is not known where it was asked for.
   *
   * @param energy as a person reads it; empty where nothing was measured
   */
  public void tell(Optional<String> energy, Console console) {
    if (energy.isPresent()) {
      console.line(energy.get());
    } else if (gramsPerKwh.isPresent()) {
      console.warn(
          "the energy is not known: "
              + EnergyCounter.ofThisMachine().problem().orElse("it failed"));
    }
  }
}
