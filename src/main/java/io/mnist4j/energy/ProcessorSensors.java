package io.mnist4j.energy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The counters of processors.
 *
 * <p>Running average power limit (RAPL), of Intel and of AMD from Zen on, by Linux' power capping
 * framework: {@code /sys/class/powercap/intel-rapl:0} is a package, {@code intel-rapl:0:0} a part
 * of it, of which only memory ({@code dram}) is not in the package's count. A zone {@code psys}
 * counts the whole board, packages among it, and {@code intel-rapl-mmio:0} a package once more, so
 * both are left out. Where AMD's processors are shown by the driver {@code amd_energy} alone, its
 * sockets are taken: {@code /sys/class/hwmon/hwmonN/energyM_input}.
 */
final class ProcessorSensors {
  private static final String COUNT = "energy_uj";

  private final List<EnergySensor> sensors = new ArrayList<>();
  private final List<Path> locked = new ArrayList<>();

  /**
   * Looks for counters.
   *
   * @param sys where Linux shows its devices: {@code /sys}
   */
  ProcessorSensors(Path sys) {
    for (Path zone : folders(sys.resolve("class/powercap"), "intel-rapl:*")) {
      addZone(zone);
    }
    if (sensors.isEmpty() && locked.isEmpty()) {
      for (Path chip : folders(sys.resolve("class/hwmon"), "hwmon*")) {
        if (text(chip.resolve("name")).equals("amd_energy")) {
          addSockets(chip);
        }
      }
    }
  }

  /** Those that can be read, in the order of their names. */
  List<EnergySensor> sensors() {
    return sensors;
  }

  /** The files of those that this user may not read. */
  List<Path> locked() {
    return locked;
  }

  private void addZone(Path zone) {
    String name = text(zone.resolve("name"));
    boolean isPart = zone.getFileName().toString().split(":", -1).length > 2;
    if (isPart ? !name.equals("dram") : name.equals("psys")) {
      return;
    }
    try {
      add(
          "RAPL " + name,
          zone.resolve(COUNT),
          FileSensor.number(zone.resolve("max_energy_range_uj")));
    } catch (IOException e) {
      locked.add(zone.resolve(COUNT));
    }
  }

  private void addSockets(Path chip) {
    for (Path label : folders(chip, "energy*_label")) {
      if (text(label).startsWith("Esocket")) {
        String input = label.getFileName().toString().replace("_label", "_input");
        add("amd_energy " + text(label), chip.resolve(input), Long.MAX_VALUE);
      }
    }
  }

  private void add(String name, Path file, long range) {
    FileSensor sensor = new FileSensor(name, file, range);
    try {
      sensor.microjoules();
      sensors.add(sensor);
    } catch (IOException e) {
      locked.add(file);
    }
  }

  private static List<Path> folders(Path parent, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(parent, pattern)) {
      paths.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // Another system than Linux, or no such driver.
    }
    found.sort(null);
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
