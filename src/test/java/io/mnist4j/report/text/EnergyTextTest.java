package io.mnist4j.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.energy.EnergyUse;
import io.mnist4j.run.TrainingEnergy;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EnergyTextTest {
  private static final EnergyUse USE = new EnergyUse(72, "RAPL package-0", OptionalDouble.empty());

  @Test
  void linesOfACommand() {
    assertEquals(
        "Energy: 72.0 J by RAPL package-0, other programs' share included", EnergyText.of(USE));
    assertEquals(
        "Energy: 72.0 J, 7.20 J for 1,000 predictions by RAPL package-0, other programs' share"
            + " included; 0.00760 g of CO2 at 380 g/kWh",
        EnergyText.ofPredictions(
            new EnergyUse(72, "RAPL package-0", OptionalDouble.of(380)), 10_000));
    assertEquals(
        "Energy: 72.0 J, 12.0 J an epoch by RAPL package-0, other programs' share included; the"
            + " epochs that were left out would have taken about 48.0 J (an estimate: as much an"
            + " epoch)",
        EnergyText.of(new TrainingEnergy(USE, OptionalDouble.of(12), OptionalDouble.of(48))));
  }

  @Test
  void unitsGrow() {
    assertEquals("0 J", EnergyText.joules(0));
    assertEquals("0.0123 J", EnergyText.joules(0.01234));
    assertEquals("999 J", EnergyText.joules(999.4));
    assertEquals("1.50 kJ", EnergyText.joules(1_500));
    assertEquals("2.00 kWh", EnergyText.joules(7.2e6));
  }
}
