package io.mnist4j.energy;

import java.util.Optional;
import java.util.OptionalDouble;

/** Reads how much energy the machine takes from a moment on. */
public final class EnergyMeter {
  private final EnergyCounter counter;
  private final OptionalDouble gramsPerKwh;
  private final long start;

  /**
   * Begins now.
   *
   * @param gramsPerKwh carbon dioxide that a kilowatt-hour stands for where the machine is; empty
   *     where nobody asks for it
   */
  public EnergyMeter(OptionalDouble gramsPerKwh) {
    this(EnergyCounter.ofThisMachine(), gramsPerKwh);
  }

  EnergyMeter(EnergyCounter counter, OptionalDouble gramsPerKwh) {
    this.counter = counter;
    this.gramsPerKwh = gramsPerKwh;
    start = counter.microjoules();
  }

  /** Since it was made; empty where the machine shows none. */
  public Optional<EnergyUse> read() {
    long now = counter.microjoules();
    return start < 0 || now < 0
        ? Optional.empty()
        : Optional.of(new EnergyUse((now - start) / 1e6, counter.source(), gramsPerKwh));
  }
}
