package io.mnist4j.backend.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of NVIDIA's driver and of CUDA as texts. */
public final class DriverVersion {
  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern NUMBER = Pattern.compile("\\s(\\d+\\.\\d[\\d.]*)\\s");

  private DriverVersion() {}

  /** That of the driver's kernel module, such as {@code 535.261.03}; empty where it is unknown. */
  public static String ofKernelModule() {
    try {
      Matcher number = NUMBER.matcher(Files.readString(KERNEL_MODULE));
      return number.find() ? number.group(1) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * A version of CUDA, such as {@code 12.2}; empty for 0.
   *
   * @param number as CUDA has it: 1000 major + 10 minor
   */
  public static String ofCuda(int number) {
    return number == 0 ? "" : "%d.%d".formatted(number / 1000, number % 1000 / 10);
  }
}
