package io.mnist4j.run;

import com.sun.management.OperatingSystemMXBean;
import io.mnist4j.energy.EnergyMeter;
import io.mnist4j.energy.EnergyUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the process has used up since it started.
 *
 * @param wallSeconds since the JVM started
 * @param cpuSeconds of all its threads
 * @param peakMemoryBytes largest resident set; empty where the system does not tell
 * @param energy that the machine took since the meter was made; empty where it does not show it
 */
public record ResourceUse(
    double wallSeconds,
    double cpuSeconds,
    OptionalLong peakMemoryBytes,
    Optional<EnergyUse> energy) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** What the processor is sold as; empty where the system does not tell. */
  public static Optional<String> processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
    }
  }

  /** Reads the counters; made when the work begins. */
  public static final class Meter {
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");

    private final EnergyMeter energy;

    public Meter() {
      this(OptionalDouble.empty());
    }

    /**
     * @param gramsPerKwh as {@link EnergyMeter} takes it
     */
    public Meter(OptionalDouble gramsPerKwh) {
      energy = new EnergyMeter(gramsPerKwh);
    }

    /** What has been used by now. */
    public ResourceUse read() {
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      return new ResourceUse(
          ManagementFactory.getRuntimeMXBean().getUptime() / 1e3,
          system.getProcessCpuTime() / 1e9,
          peakMemoryBytes(),
          energy.read());
    }

    private static OptionalLong peakMemoryBytes() {
      try {
        return Files.readAllLines(PROCESS_STATUS).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
            .findFirst();
      } catch (IOException e) {
        return OptionalLong.empty();
      }
    }
  }
}
