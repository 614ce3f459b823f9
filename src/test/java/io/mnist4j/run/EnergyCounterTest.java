package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyCounterTest {
  @TempDir Path powercap;

  @Test
  void sumsThePackagesAndNotTheirParts() throws Exception {
    zone("intel-rapl:0", 1_000_000, 9_000_000);
    zone("intel-rapl:1", 5_000_000, 9_000_000);
    zone("intel-rapl:0:0", 0, 9_000_000);
    EnergyCounter counter = EnergyCounter.start(powercap);
    zone("intel-rapl:0", 3_500_000, 9_000_000);
    zone("intel-rapl:0:0", 2_000_000, 9_000_000);
    // This one came to its end, 9 J, and started again: 4 J to the end, and 1 J after it.
    zone("intel-rapl:1", 1_000_000, 9_000_000);
    assertEquals(OptionalDouble.of(2.5 + 5), counter.joules());
  }

  @Test
  void emptyWhereLinuxShowsNothing() throws Exception {
    assertEquals(OptionalDouble.empty(), EnergyCounter.start(powercap).joules());
    assertEquals(OptionalDouble.empty(), EnergyCounter.start(powercap.resolve("missing")).joules());
    Files.createDirectory(powercap.resolve("intel-rapl:0"));
    assertEquals(OptionalDouble.empty(), EnergyCounter.start(powercap).joules());
  }

  private void zone(String name, long energy, long range) throws Exception {
    Path zone = Files.createDirectories(powercap.resolve(name));
    Files.writeString(zone.resolve("energy_uj"), energy + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), range + "\n");
  }
}
