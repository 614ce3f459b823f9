package io.mnist4j.backend;

import io.mnist4j.backend.cuda.CudaProbe;
import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.backend.cuda.OneBackend;
import io.mnist4j.errors.BackendException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What this process computes on: the CPU, unless something else is chosen before ND4J starts, which
 * has one backend for as long as the process lives.
 */
public final class BackendChoice {
  private static CudaReport report;
  private static Optional<CudaReport> chosen = Optional.empty();
  private static int chosenDevices = 1;

  /** What is asked for. */
  public enum Request {
    CPU,
    /** A graphics card, or nothing. */
    CUDA,
    /** A graphics card where one works, else the CPU. */
    AUTO
  }

  private BackendChoice() {}

  /** Whether a graphics card could be chosen in this build. */
  public static boolean hasCuda() {
    return OneBackend.hasCuda();
  }

  /**
   * What CUDA is like here; it is tried once.
   *
   * @param wanted how many cards, at least 1
   * @param notes gets what takes long, before it does
   */
  public static synchronized CudaReport report(int wanted, Consumer<String> notes) {
    if (report == null) {
      report = CudaProbe.probe(wanted, notes);
    }
    return report;
  }

  /**
   * Chooses, for as long as the process lives.
   *
   * @param devices how many are to train together, from 1
   * @param notes gets what takes long, before it does
   * @return what was chosen and why, for a person
   * @throws BackendException if what is asked for cannot be had
   */
  public static synchronized String choose(Request request, int devices, Consumer<String> notes)
      throws BackendException {
    if (request == Request.CPU) {
      return onCpu(devices, "it was asked for");
    }
    CudaReport found = report(devices, notes);
    int cards = found.gpus().size();
    if (cards > 0 && cards < devices) {
      throw new BackendException(
          "--devices %d needs as many GPUs, and there %s: %s"
              .formatted(
                  devices, cards == 1 ? "is one" : "are " + cards, found.gpus().get(0).text()));
    }
    if (found.works()) {
      chosen = Optional.of(found);
      chosenDevices = devices;
      return "Computing on %s; %s, CUDA %s"
          .formatted(onDevices(found, devices), found.driverText(), found.runtime());
    }
    String problem = found.problem().orElseThrow();
    if (request == Request.CUDA) {
      throw new BackendException(
          "the CUDA backend is not available: %s; --backend cpu computes without it"
              .formatted(problem));
    }
    return onCpu(devices, problem);
  }

  private static String onDevices(CudaReport found, int devices) {
    String first = found.gpus().get(0).text();
    return devices == 1 ? first : "%d GPUs, the first of them %s".formatted(devices, first);
  }

  private static String onCpu(int devices, String why) throws BackendException {
    if (devices > 1) {
      throw new BackendException(
          "--devices %d needs as many GPUs, and the CPU is one device (%s)"
              .formatted(devices, why));
    }
    return "Computing on the CPU: " + why;
  }

  /**
   * Compares what a training needs with what the chosen graphics cards had free.
   *
   * @param bytes beside what ND4J itself takes
   * @throws BackendException if one of them had less
   */
  public static synchronized void requireMemory(long bytes) throws BackendException {
    long needed = bytes + CudaProbe.LEAST_FREE_BYTES;
    for (Gpu gpu : chosen.map(CudaReport::gpus).orElse(List.of())) {
      if (gpu.freeBytes() < needed) {
        throw new BackendException(
            ("this run needs %,d MiB on the GPU, and %s has %,d free: end what uses it, take fewer "
                    + "images or a smaller network, or --backend cpu")
                .formatted(needed >> 20, gpu.text(), gpu.freeBytes() >> 20));
      }
    }
  }

  /** The graphics cards, where those were chosen. */
  static synchronized Optional<CudaReport> chosen() {
    return chosen;
  }

  /** How many of them train together. */
  static synchronized int devices() {
    return chosenDevices;
  }
}
