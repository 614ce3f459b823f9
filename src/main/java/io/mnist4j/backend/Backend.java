package io.mnist4j.backend;

import io.mnist4j.backend.cuda.CudaProbe;
import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.backend.cuda.OneBackend;
import io.mnist4j.backend.driver.CudaContext;
import io.mnist4j.backend.driver.CudaDriver;
import io.mnist4j.backend.driver.CudaException;
import io.mnist4j.errors.BackendException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What computes: the CPU, or graphics cards. It is chosen first, and {@link #start started} before
 * the first array is made; what the CPU needs is loaded in between by another thread, which takes a
 * third of a second in which the data can be read.
 *
 * <p>Between the choice and the return of {@code start}, the caller leaves the classes of ND4J,
 * DL4J and JavaCPP alone: two threads that initialize them may wait for each other without end.
 *
 * <p>Left to itself, ND4J takes a spinning thread for each core that the kernel reports; where
 * fewer are really there, training becomes 30 times slower. OpenBLAS gets one thread in every case:
 * its own ones spin and yield beside those of ND4J, which takes longer (LeNet on two cores: 1.4
 * times as long), and the last bits of a product would depend on their number. ND4J's results do
 * not depend on the number of its threads.
 */
public final class Backend {
  private final Optional<CudaReport> cuda;

  /** Where the driver alone computes, and ND4J on the CPU; empty otherwise. */
  private final Optional<CudaReport> cards;

  private final int devices;
  private final String reason;

  /** What is asked for. */
  public enum Request {
    CPU,
    /** A graphics card, or nothing. */
    CUDA,
    /** A graphics card where one works, else the CPU. */
    AUTO
  }

  private Backend(
      Optional<CudaReport> cuda, Optional<CudaReport> cards, int devices, String reason) {
    this.cuda = cuda;
    this.cards = cards;
    this.devices = devices;
    this.reason = reason;
    if (cuda.isEmpty()) {
      // ND4J gives each thread another card: there, the first one is for the thread that trains.
      NativeLibraries.preload();
    }
  }

  /** Whether a graphics card could be chosen in this build. */
  public static boolean hasCuda() {
    return OneBackend.hasCuda();
  }

  /** The CPU, without looking for anything else. */
  public static Backend cpu() {
    return new Backend(Optional.empty(), Optional.empty(), 1, "it was asked for");
  }

  /**
   * Chooses.
   *
   * @param devices how many are to train together, from 1
   * @param notes gets what takes long, before it does
   * @throws BackendException if what is asked for cannot be had
   */
  public static Backend choose(Request request, int devices, Consumer<String> notes)
      throws BackendException {
    if (request == Request.CPU) {
      return onCpu(devices, "it was asked for");
    }
    return choose(request, devices, GpuReports.find(devices, notes));
  }

  /**
   * Chooses by what is known of the graphics cards.
   *
   * @param request not {@link Request#CPU}
   * @param devices how many are to train together, from 1
   * @throws BackendException if what is asked for cannot be had
   */
  public static Backend choose(Request request, int devices, GpuReports found)
      throws BackendException {
    return found.driver().isPresent()
        ? byDriver(request, devices, found.driver().get())
        : choose(request, devices, found.nd4j().orElseThrow());
  }

  private static Backend byDriver(Request request, int devices, CudaReport found)
      throws BackendException {
    if (devices > 1) {
      throw new BackendException(
          ("%d devices train together only by ND4J's CUDA backend, which this build does not have;"
                  + " docs/how-to/gpu.md says how to build it")
              .formatted(devices));
    }
    if (found.works()) {
      return new Backend(
          Optional.empty(),
          Optional.of(found),
          1,
          "%s; %s, by the program's own kernels"
              .formatted(found.gpus().get(0).text(), found.driverText()));
    }
    String problem = found.problem().orElseThrow();
    if (request == Request.CUDA) {
      throw new BackendException("the GPU cannot be used: " + problem);
    }
    return onCpu(devices, problem);
  }

  /**
   * Chooses by what ND4J's CUDA backend can do.
   *
   * @param request not {@link Request#CPU}
   * @param devices how many are to train together, from 1
   * @throws BackendException if what is asked for cannot be had
   */
  public static Backend choose(Request request, int devices, CudaReport found)
      throws BackendException {
    int cards = found.gpus().size();
    if (cards > 0 && cards < devices) {
      throw new BackendException(
          "%d devices need as many GPUs, and there %s: %s"
              .formatted(
                  devices, cards == 1 ? "is one" : "are " + cards, found.gpus().get(0).text()));
    }
    if (found.works()) {
      String first = found.gpus().get(0).text();
      String cardsText =
          devices == 1 ? first : "%d GPUs, the first of them %s".formatted(devices, first);
      return new Backend(
          Optional.of(found),
          Optional.empty(),
          devices,
          "%s; %s, CUDA %s".formatted(cardsText, found.driverText(), found.runtime()));
    }
    String problem = found.problem().orElseThrow();
    if (request == Request.CUDA) {
      throw new BackendException("the CUDA backend is not available: " + problem);
    }
    return onCpu(devices, problem);
  }

  private static Backend onCpu(int devices, String why) throws BackendException {
    if (devices > 1) {
      throw new BackendException(
          "%d devices need as many GPUs, and the CPU is one device (%s)".formatted(devices, why));
    }
    return new Backend(Optional.empty(), Optional.empty(), 1, why);
  }

  /** What was chosen and why, for a person. */
  public String text() {
    return "Computing on " + (isGpu() ? reason : "the CPU: " + reason);
  }

  /** What is known of the graphics cards that compute; empty for the CPU. */
  public Optional<CudaReport> cuda() {
    return cuda;
  }

  /** Whether a training's steps are computed by a graphics card, in either way. */
  public boolean isGpu() {
    return cuda.isPresent() || cards.isPresent();
  }

  /** The cards of the driver that trains; empty where something else does. */
  public Optional<CudaReport> cards() {
    return cards;
  }

  /**
   * Begins to use the driver's first card.
   *
   * @param ptx of the kernels
   * @throws CudaException if the driver refuses
   */
  public CudaContext openCard(String ptx) {
    return new CudaContext(CudaDriver.load(), 0, ptx);
  }

  /** Devices that train together; 1 for the CPU. */
  public int devices() {
    return devices;
  }

  /** ND4J's name of it, such as {@code nd4j-native}. */
  public String name() {
    return cuda.isPresent() ? "nd4j-cuda-11.6" : cards.isPresent() ? "cuda-driver" : "nd4j-native";
  }

  /** Its name, and of a graphics card all that tells it from another: key → value. */
  public Map<String, String> description() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("backend", name());
    cuda.or(() -> cards)
        .ifPresent(
            found -> {
              Gpu gpu = found.gpus().get(0);
              all.put("device", gpu.name());
              all.put("computeCapability", gpu.capability());
              all.put("driver", found.driver().isEmpty() ? found.driverText() : found.driver());
              all.put("cudaVersion", cuda.isPresent() ? found.runtime() : found.driverCuda());
            });
    return all;
  }

  /**
   * Compares what a training needs with what the graphics cards had free; the CPU has no memory of
   * its own.
   *
   * @param bytes beside what ND4J itself takes
   * @throws BackendException if one of them had less
   */
  public void requireMemory(long bytes) throws BackendException {
    long needed = bytes + CudaProbe.LEAST_FREE_BYTES;
    for (Gpu gpu : cuda.map(CudaReport::gpus).orElse(List.of())) {
      if (gpu.freeBytes() < needed) {
        throw new BackendException(
            ("this run needs %,d MiB on the GPU, and %s has %,d free: end what uses it, take fewer "
                    + "images or a smaller network, or compute on the CPU")
                .formatted(needed >> 20, gpu.text(), gpu.freeBytes() >> 20));
      }
    }
  }

  /**
   * Waits until ND4J is loaded, and gives it one thread. A process has one kind of backend for as
   * long as it lives: that kind can be started again.
   *
   * @return this
   * @throws BackendException if ND4J cannot load its natives, or takes others, or this process
   *     computes on something else already
   */
  public Backend start() throws BackendException {
    try {
      NativeLibraries.load(cuda.isPresent());
      if (cuda.isPresent()) {
        String taken = Nd4j.getBackend().getClass().getSimpleName();
        if (!taken.equals("JCublasBackend")) {
          throw new BackendException("ND4J took %s instead of the CUDA backend".formatted(taken));
        }
        return this;
      }
      // Threads that work can be more later, but not more than this allows.
      Nd4j.getEnvironment().setMaxMasterThreads(Runtime.getRuntime().availableProcessors());
      openblas.blas_set_num_threads(1);
      setThreads(1);
      return this;
    } catch (LinkageError | RuntimeException e) {
      throw new BackendException(
          "ND4J's %s backend does not start: %s; `mnist4j doctor` says more"
              .formatted(cuda.isPresent() ? "CUDA" : "CPU", rootCause(e)),
          e);
    }
  }

  /**
   * Sets how many threads ND4J's operations have from now on where the calling thread asks for
   * them; takes a microsecond.
   */
  public void setThreads(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  private static Throwable rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
