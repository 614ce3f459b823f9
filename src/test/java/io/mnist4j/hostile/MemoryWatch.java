package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What memory a process holds while it works: resident, all of it, native libraries and all. */
public final class MemoryWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  /** The heap is filled to its limit before it is cleaned, which comes late in a short run. */
  private static final double GROWTH = Soak.isOn() ? 1.1 : 1.3;

  private final long pid;
  private final List<Long> kib = new ArrayList<>();
  private final Thread thread;

  /** Begins to watch. */
  public MemoryWatch(Process process) {
    pid = process.pid();
    thread = new Thread(this::watch, "memory watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the system tells of it. */
  public static boolean isPossible() {
    return Files.exists(Path.of("/proc/self/status"));
  }

  private void watch() {
    try {
      while (true) {
        for (String line : Files.readAllLines(Path.of("/proc", pid + "", "status"))) {
          if (line.startsWith("VmRSS:")) {
            kib.add(Long.parseLong(line.replaceAll("\\D", "")));
          }
        }
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      // The process has ended, or nobody wants to know any more.
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  /**
   * The most that was held in a part of the time; call it after {@link #close}.
   *
   * @param from 0 to 1
   * @param to 0 to 1
   * @return MiB
   */
  public long most(double from, double to) {
    return kib.subList((int) (from * kib.size()), (int) Math.ceil(to * kib.size())).stream()
            .mapToLong(k -> k)
            .max()
            .orElseThrow()
        / 1_024;
  }

  /** Holds the last quarter of the time to no more than the second one, once all was warm. */
  public void assertFlat() {
    long before = most(0.25, 0.5);
    long after = most(0.75, 1);
    System.out.printf("second quarter: %d MiB; last quarter: %d MiB%n", before, after);
    assertTrue(after <= GROWTH * before, before + " MiB became " + after);
  }

  /** Draws it over the time, as SVG. */
  public void plot(Path file, String title) throws IOException {
    long highest = most(0, 1);
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < kib.size(); i++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              60 + 520.0 * i / kib.size(),
              220 - 180.0 * kib.get(i) / 1_024 / highest));
    }
    Files.createDirectories(file.getParent());
    AtomicFile.write(
        file,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 250" font-family="sans-serif" font-size="13">
        <rect width="600" height="250" fill="white"/>
        <text x="60" y="25">%s</text>
        <path d="M60 40V220H580" fill="none" stroke="black"/>
        <text x="55" y="45" text-anchor="end">%d MiB</text><text x="55" y="224" text-anchor="end">0</text>
        <text x="580" y="240" text-anchor="end">%.0f s</text>
        <polyline points="%s" fill="none" stroke="#1f6fb4" stroke-width="1.5"/>
        </svg>
        """
            .formatted(title, highest, kib.size() * EVERY_MILLIS / 1e3, points));
  }
}
