package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What memory a process holds while it works: resident, all of it, native libraries and all, and
 * what else is asked for.
 */
public final class MemoryWatch implements AutoCloseable {
  private static final String RESIDENT = "resident";
  private static final long EVERY_MILLIS = 100;
  private static final List<String> COLOURS = List.of("#1f6fb4", "#d1702c", "#3a9152");

  /** The heap is filled to its limit before it is cleaned, which comes late in a short run. */
  private static final double GROWTH = Soak.isOn() ? 1.1 : 1.3;

  private final Path status;
  private final Map<String, Callable<Long>> sources = new LinkedHashMap<>();
  private final Map<String, List<Long>> kib = new LinkedHashMap<>();
  private final long begun = System.nanoTime();
  private final Thread thread;
  private double seconds;

  /** Begins to watch. */
  public MemoryWatch(Process process) {
    this(process, Map.of());
  }

  /**
   * Begins to watch.
   *
   * @param more what else is plotted: its name, and how many KiB it is at the moment
   */
  public MemoryWatch(Process process, Map<String, Callable<Long>> more) {
    status = Path.of("/proc", process.pid() + "", "status");
    sources.put(RESIDENT, this::resident);
    sources.putAll(more);
    sources.keySet().forEach(name -> kib.put(name, new ArrayList<>()));
    thread = new Thread(this::watch, "memory watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the system tells of it. */
  public static boolean isPossible() {
    return Files.exists(Path.of("/proc/self/status"));
  }

  private long resident() throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("it ends");
  }

  private void watch() {
    try {
      while (true) {
        for (Map.Entry<String, Callable<Long>> source : sources.entrySet()) {
          kib.get(source.getKey()).add(source.getValue().call());
        }
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    } catch (Exception e) {
      // The process has ended, or nobody wants to know any more.
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
    seconds = (System.nanoTime() - begun) / 1e9;
  }

  /**
   * The most that was held in a part of the time; call it after {@link #close}.
   *
   * @param from 0 to 1
   * @param to 0 to 1
   * @return MiB
   */
  public long most(double from, double to) {
    List<Long> all = kib.get(RESIDENT);
    return all.subList((int) (from * all.size()), (int) Math.ceil(to * all.size())).stream()
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
    StringBuilder lines = new StringBuilder();
    int colour = 0;
    for (Map.Entry<String, List<Long>> line : kib.entrySet()) {
      lines.append(line(line.getKey(), line.getValue(), highest, COLOURS.get(colour++)));
    }
    Files.createDirectories(file.getParent());
    AtomicFile.write(
        file,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 250" font-family="sans-serif" font-size="13">
        <rect width="660" height="250" fill="white"/>
        <text x="60" y="25">%s</text>
        <path d="M60 40V220H580" fill="none" stroke="black"/>
        <text x="55" y="45" text-anchor="end">%d MiB</text><text x="55" y="224" text-anchor="end">0</text>
        <text x="580" y="240" text-anchor="end">%.0f s</text>
        %s</svg>
        """
            .formatted(title, highest, seconds, lines));
  }

  private static String line(String name, List<Long> kib, long highest, String colour) {
    StringBuilder points = new StringBuilder();
    double y = 0;
    for (int i = 0; i < kib.size(); i++) {
      y = 220 - 180.0 * kib.get(i) / 1_024 / highest;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", 60 + 520.0 * i / kib.size(), y));
    }
    return String.format(
        Locale.ROOT,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n"
            + "<text x=\"585\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
        points,
        colour,
        y + 4,
        colour,
        name);
  }
}
