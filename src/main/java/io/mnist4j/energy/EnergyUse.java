package io.mnist4j.energy;

import java.util.OptionalDouble;

/**
 * Energy that the machine's counters showed, other programs' share included.
 *
 * @param joules at least 0
 * @param source the counters
 * @param gramsPerKwh carbon dioxide that a kilowatt-hour stands for, as the user said; at least 0
 */
public record EnergyUse(double joules, String source, OptionalDouble gramsPerKwh) {
  private static final double JOULES_PER_KWH = 3.6e6;

  /** Carbon dioxide in grams; empty where nobody said what a kilowatt-hour stands for. */
  public OptionalDouble carbonGrams() {
    return gramsPerKwh.isPresent()
        ? OptionalDouble.of(joules / JOULES_PER_KWH * gramsPerKwh.getAsDouble())
        : OptionalDouble.empty();
  }
}
