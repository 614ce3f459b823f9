package io.mnist4j.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The energy that the processor packages take, by the counters of Linux' power capping framework
 * (files {@code energy_uj}, in microjoules, which start again at {@code max_energy_range_uj}).
 */
final class EnergyCounter {
  private final Map<Path, Long> startMicrojoules = new LinkedHashMap<>();

  private EnergyCounter() {}

  /**
   * Notes where the counters stand. Only root may read them on most systems; where they cannot be
   * read there are none.
   *
   * @param powercap the framework's folder
   */
  static EnergyCounter start(Path powercap) {
    EnergyCounter counter = new EnergyCounter();
    // intel-rapl:0 is a package; intel-rapl:0:1 would be a part of it and count twice.
    try (DirectoryStream<Path> zones = Files.newDirectoryStream(powercap, "intel-rapl:?")) {
      for (Path zone : zones) {
        counter.startMicrojoules.put(zone, microjoules(zone, "energy_uj"));
      }
    } catch (IOException e) {
      counter.startMicrojoules.clear();
    }
    return counter;
  }

  /** Since the start; empty if there is no counter. */
  OptionalDouble joules() {
    if (startMicrojoules.isEmpty()) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    try {
      for (Map.Entry<Path, Long> zone : startMicrojoules.entrySet()) {
        long used = microjoules(zone.getKey(), "energy_uj") - zone.getValue();
        if (used < 0) {
          used += microjoules(zone.getKey(), "max_energy_range_uj");
        }
        sum += used;
      }
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(sum / 1e6);
  }

  private static long microjoules(Path zone, String file) throws IOException {
    try {
      return Long.parseLong(Files.readString(zone.resolve(file)).strip());
    } catch (NumberFormatException e) {
      throw new IOException(zone + " shows no number", e);
    }
  }
}
