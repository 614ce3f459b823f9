package io.mnist4j.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All the energy counters of a machine as one that never starts again at 0. What other programs
 * take meanwhile is in it: the counters know packages and cards, not processes.
 */
public final class EnergyCounter {
  /** Where Linux shows its devices: another folder for tests. */
  public static final String SYS_PROPERTY = "mnist4j.sys";

  /** RAPL's counters start again after 65 kJ at the least, which 500 W take two minutes for. */
  private static final long POLL_MILLIS = 30_000;

  private static final Map<Path, EnergyCounter> MACHINES = new ConcurrentHashMap<>();

  private final List<EnergySensor> sensors;
  private final List<Path> locked;
  private final long[] last;
  private long totalMicrojoules;
  private boolean failed;

  /**
   * @param sensors that can be read
   * @param locked files of sensors that cannot
   */
  EnergyCounter(List<EnergySensor> sensors, List<Path> locked) {
    this.sensors = List.copyOf(sensors);
    this.locked = List.copyOf(locked);
    last = new long[sensors.size()];
    for (int i = 0; i < last.length; i++) {
      try {
        last[i] = sensors.get(i).microjoules();
      } catch (IOException e) {
        failed = true;
      }
    }
  }

  /** That of this machine; it counts from the first call on. */
  public static EnergyCounter ofThisMachine() {
    return MACHINES.computeIfAbsent(
        Path.of(System.getProperty(SYS_PROPERTY, "/sys")),
        sys -> {
          EnergyCounter counter = of(sys);
          if (counter.isReadable()) {
            counter.poll();
          }
          return counter;
        });
  }

  /**
   * Looks for sensors.
   *
   * @param sys where Linux shows its devices
   */
  static EnergyCounter of(Path sys) {
    ProcessorSensors processors = new ProcessorSensors(sys);
    List<EnergySensor> sensors = new ArrayList<>(processors.sensors());
    sensors.addAll(GpuSensors.find());
    return new EnergyCounter(sensors, processors.locked());
  }

  /** Reads now and then, so that no counter starts again twice in between. */
  private void poll() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (isReadable()) {
                  Thread.sleep(POLL_MILLIS);
                  microjoules();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "energy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether there is anything to read. */
  public synchronized boolean isReadable() {
    return !failed && !sensors.isEmpty();
  }

  /** What is counted, such as {@code RAPL package-0, RAPL dram}; empty where there is nothing. */
  public String source() {
    return sensors.stream().map(EnergySensor::name).collect(Collectors.joining(", "));
  }

  /** Why the processors' energy is not known, and what to do; empty where it is. */
  public Optional<String> problem() {
    if (!locked.isEmpty()) {
      String files =
          locked.stream().map(Path::toString).distinct().collect(Collectors.joining(" "));
      return Optional.of(
          "only root may read the processor's counters; until the next start of the system this lets"
              + " everybody (who could watch by them what other users' programs do): sudo chmod a+r "
              + files);
    }
    if (sensors.stream().anyMatch(sensor -> !sensor.name().startsWith("NVML"))) {
      return Optional.empty();
    }
    boolean isLinux = Files.isDirectory(Path.of("/proc/self"));
    return Optional.of(
        isLinux
            ? "Linux shows no counter of the processor (RAPL): virtual machines and containers rarely"
                + " have one; on a machine of your own, try sudo modprobe intel_rapl_msr"
            : "counters of energy are read on Linux alone");
  }

  /** Since it was made; -1 where nothing can be read, or no longer. */
  synchronized long microjoules() {
    if (!isReadable()) {
      return -1;
    }
    for (int i = 0; i < last.length; i++) {
      try {
        long now = sensors.get(i).microjoules();
        long used = now - last[i];
        totalMicrojoules += used < 0 ? used + sensors.get(i).rangeMicrojoules() : used;
        last[i] = now;
      } catch (IOException e) {
        failed = true;
        return -1;
      }
    }
    return totalMicrojoules;
  }
}
