package io.mnist4j.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyCounterTest {
  @TempDir Path sys;

  private static void write(Path file, Object content) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content + "\n");
  }

  private void zone(String zone, String name, long energy) throws Exception {
    Path folder = sys.resolve("class/powercap").resolve(zone);
    write(folder.resolve("name"), name);
    write(folder.resolve("energy_uj"), energy);
    write(folder.resolve("max_energy_range_uj"), 9_000_000);
  }

  @Test
  void sumsPackagesAndMemoryAndNothingTwice() throws Exception {
    zone("intel-rapl:0", "package-0", 1_000_000);
    zone("intel-rapl:0:0", "core", 0);
    zone("intel-rapl:0:1", "dram", 0);
    zone("intel-rapl:1", "package-1", 5_000_000);
    zone("intel-rapl:2", "psys", 0);
    zone("intel-rapl-mmio:0", "package-0", 0);
    EnergyCounter counter = EnergyCounter.of(sys);
    assertEquals("RAPL package-0, RAPL dram, RAPL package-1", counter.source());
    assertEquals(Optional.empty(), counter.problem());
    EnergyMeter meter = new EnergyMeter(counter, OptionalDouble.of(360));
    zone("intel-rapl:0", "package-0", 3_500_000);
    zone("intel-rapl:0:0", "core", 2_000_000);
    zone("intel-rapl:0:1", "dram", 250_000);
    zone("intel-rapl:2", "psys", 4_000_000);
    zone("intel-rapl-mmio:0", "package-0", 4_000_000);
    // This one came to its end, 9 J, and started again: 4 J to the end, and 1 J after it.
    zone("intel-rapl:1", "package-1", 1_000_000);
    EnergyUse use = meter.read().orElseThrow();
    assertEquals(2.5 + 0.25 + 5, use.joules());
    assertEquals(7.75 / 10_000, use.carbonGrams().orElseThrow(), 1e-12);

    // Again to its end: what was counted before is not lost.
    zone("intel-rapl:1", "package-1", 8_000_000);
    assertEquals(7.75 + 7, meter.read().orElseThrow().joules());
    zone("intel-rapl:1", "package-1", 500_000);
    assertEquals(7.75 + 7 + 1.5, meter.read().orElseThrow().joules());

    EnergyMeter later = new EnergyMeter(counter, OptionalDouble.empty());
    zone("intel-rapl:1", "package-1", 600_000);
    assertEquals(0.1, later.read().orElseThrow().joules(), 1e-12);
    assertEquals(OptionalDouble.empty(), later.read().orElseThrow().carbonGrams());
  }

  @Test
  void socketsOfTheOlderDriverWhereThereIsNoPowercap() throws Exception {
    Path chip = sys.resolve("class/hwmon/hwmon3");
    write(chip.resolve("name"), "amd_energy");
    write(chip.resolve("energy1_label"), "Ecore000");
    write(chip.resolve("energy1_input"), 0);
    write(chip.resolve("energy17_label"), "Esocket0");
    write(chip.resolve("energy17_input"), 7_000_000);
    write(sys.resolve("class/hwmon/hwmon4/name"), "nvme");
    EnergyCounter counter = EnergyCounter.of(sys);
    assertEquals("amd_energy Esocket0", counter.source());
    EnergyMeter meter = new EnergyMeter(counter, OptionalDouble.empty());
    write(chip.resolve("energy1_input"), 9_000_000);
    write(chip.resolve("energy17_input"), 8_500_000);
    assertEquals(1.5, meter.read().orElseThrow().joules());

    zone("intel-rapl:0", "package-0", 1_000_000);
    assertEquals("RAPL package-0", EnergyCounter.of(sys).source());
  }

  @Test
  void saysWhyNothingCanBeRead() throws Exception {
    EnergyCounter none = EnergyCounter.of(sys);
    assertFalse(none.isReadable());
    assertEquals(Optional.empty(), new EnergyMeter(none, OptionalDouble.of(1)).read());
    assertTrue(none.problem().orElseThrow().contains("no counter of the processor"));

    Path locked = sys.resolve("class/powercap/intel-rapl:0/energy_uj");
    zone("intel-rapl:0", "package-0", 1);
    Files.delete(locked);
    EnergyCounter counter = EnergyCounter.of(sys);
    assertFalse(counter.isReadable());
    assertTrue(counter.problem().orElseThrow().endsWith("sudo chmod a+r " + locked));
  }

  @Test
  void aCounterThatFailsLaterEndsIt() throws Exception {
    zone("intel-rapl:0", "package-0", 1);
    EnergyCounter counter = EnergyCounter.of(sys);
    EnergyMeter meter = new EnergyMeter(counter, OptionalDouble.empty());
    assertEquals(0, meter.read().orElseThrow().joules());
    Files.writeString(sys.resolve("class/powercap/intel-rapl:0/energy_uj"), "no number");
    assertEquals(Optional.empty(), meter.read());
  }
}
