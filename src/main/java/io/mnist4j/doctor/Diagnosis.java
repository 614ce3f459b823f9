package io.mnist4j.doctor;

import io.mnist4j.backend.Backend;
import io.mnist4j.backend.GpuReports;
import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetStatus;
import io.mnist4j.data.store.FileStatus;
import io.mnist4j.energy.EnergyCounter;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.model.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What of this machine works for a run, found out by trying.
 *
 * @param checks in the order in which a run needs them
 * @param cuda what graphics cards there are; empty if none was looked for
 */
public record Diagnosis(List<Check> checks, Optional<CudaReport> cuda) {
  private static final long MIB = 1L << 20;
  private static final int OLDEST_JDK = 17;
  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  /** How a check ended. */
  public enum CheckStatus {
    OK,
    /** It is not there, and a run can do without it. */
    ABSENT,
    /** It works, but this machine could do it faster; the finding says how. */
    SLOW,
    FAILED
  }

  /** What was tried. */
  public enum Subject {
    JDK,
    MEMORY,
    GPU,
    BACKEND,
    /** What multiplies matrices on the CPU. */
    KERNELS,
    THREADS,
    /** Whether the energy that a run takes can be read. */
    ENERGY,
    DATA,
    DIRECTORY
  }

  /**
   * One thing that was tried.
   *
   * @param finding what was found, and where it failed, what to do
   */
  public record Check(Subject subject, CheckStatus state, String finding) {
    static Check ok(Subject subject, String finding) {
      return new Check(subject, CheckStatus.OK, finding);
    }

    static Check absent(Subject subject, String finding) {
      return new Check(subject, CheckStatus.ABSENT, finding);
    }

    static Check failed(Subject subject, String finding) {
      return new Check(subject, CheckStatus.FAILED, finding);
    }
  }

  public Diagnosis {
    checks = List.copyOf(checks);
  }

  private boolean failed(Subject... subjects) {
    return checks.stream()
        .anyMatch(
            check ->
                check.state() == CheckStatus.FAILED && List.of(subjects).contains(check.subject()));
  }

  /** Whether nothing fails. */
  public boolean healthy() {
    return !failed(Subject.values());
  }

  /** What a run on this machine would end with. */
  public ExitCode exitCode() {
    if (failed(Subject.BACKEND, Subject.GPU)) {
      return ExitCode.BACKEND;
    }
    return healthy() ? ExitCode.OK : ExitCode.DATA;
  }

  /** Whether a graphics card works. */
  boolean hasGpu() {
    return cuda.map(CudaReport::works).orElse(false);
  }

  /** Whether a graphics card was asked for that does not work. */
  boolean lacksGpu() {
    return failed(Subject.GPU);
  }

  /**
   * Tries everything.
   *
   * @param output where runs would go
   * @param backend what is to compute; empty if nothing was asked for
   * @param notes gets what takes long, before it does
   */
  public static Diagnosis of(
      DataStore store, Path output, Optional<Backend.Request> backend, Consumer<String> notes) {
    List<Check> checks = new ArrayList<>();
    checks.add(jdk());
    checks.add(memory());
    Optional<GpuReports> found =
        looksForGpu(backend) ? Optional.of(GpuReports.find(1, notes)) : Optional.empty();
    Backend chosen;
    try {
      chosen =
          found.isPresent()
              ? Backend.choose(backend.orElse(Backend.Request.AUTO), 1, found.get())
              : Backend.cpu();
      checks.add(gpu(found.map(GpuReports::taken)));
    } catch (BackendException e) {
      checks.add(Check.failed(Subject.GPU, e.getMessage()));
      chosen = Backend.cpu();
    }
    checks.add(backend(chosen));
    if (chosen.cuda().isEmpty() && checks.get(checks.size() - 1).state() == CheckStatus.OK) {
      checks.add(KernelReport.ofThisProcess().check());
    }
    checks.add(
        Check.ok(
            Subject.THREADS,
            "the system reports %d cores; a training finds out how many of them are worth it"
                .formatted(Runtime.getRuntime().availableProcessors())));
    checks.add(energy(EnergyCounter.ofThisMachine()));
    for (CatalogueEntry entry : Catalogue.entries()) {
      data(entry, store).ifPresent(checks::add);
    }
    checks.add(directory("runs", output));
    checks.add(directory("data", store.folder()));
    checks.add(nativeCache());
    return new Diagnosis(checks, found.flatMap(GpuReports::nd4j));
  }

  private static boolean looksForGpu(Optional<Backend.Request> backend) {
    return backend.map(request -> request != Backend.Request.CPU).orElse(Backend.hasCuda());
  }

  private static String whyNoGpu() {
    if (Backend.hasCuda()) {
      return "not looked for: the CPU was asked for";
    }
    return "not looked for%s; --backend cuda trains on NVIDIA's cards since 2018"
        .formatted(Files.exists(NVIDIA) ? ", and there is an NVIDIA driver" : "");
  }

  private static Check gpu(Optional<CudaReport> cuda) {
    if (cuda.isEmpty()) {
      return Check.absent(Subject.GPU, whyNoGpu());
    }
    CudaReport report = cuda.get();
    if (!report.works()) {
      return Check.absent(Subject.GPU, report.problem().orElseThrow());
    }
    return Check.ok(
        Subject.GPU,
        "%s; %s%s"
            .formatted(
                report.gpus().stream().map(Gpu::text).collect(Collectors.joining(", ")),
                report.driverText(),
                report.runtime().isEmpty()
                    ? "; trains by the program's own kernels"
                    : ", CUDA " + report.runtime()));
  }

  private static Check energy(EnergyCounter counter) {
    String found = counter.source();
    String problem = counter.problem().orElse("");
    return counter.isReadable()
        ? Check.ok(Subject.ENERGY, problem.isEmpty() ? found : found + "; " + problem)
        : Check.absent(Subject.ENERGY, problem);
  }

  private static Check jdk() {
    int feature = Runtime.version().feature();
    String found =
        "%s (%s), %s %s"
            .formatted(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    return feature >= OLDEST_JDK
        ? Check.ok(Subject.JDK, found)
        : Check.failed(Subject.JDK, found + "; install JDK 17 or later");
  }

  private static Check memory() {
    return Check.ok(
        Subject.MEMORY,
        "at most %d MiB in the Java heap (MNIST4J_HEAP), %d MiB outside it (MNIST4J_OFF_HEAP)"
            .formatted(Runtime.getRuntime().maxMemory() / MIB, Pointer.maxBytes() / MIB));
  }

  private static Check backend(Backend backend) {
    Build build = Build.current();
    try {
      backend.start();
      int sum =
          Nd4j.ones(DataType.FLOAT, 8, 8)
              .mmul(Nd4j.ones(DataType.FLOAT, 8, 8))
              .sumNumber()
              .intValue();
      String name =
          "%s %s (%s), BLAS: %s"
              .formatted(
                  backend.name(),
                  build.dl4j(),
                  backend.cuda().isPresent() ? "GPU" : build.natives(),
                  Nd4j.factory().blas().getBlasVendor());
      return sum == 512
          ? Check.ok(Subject.BACKEND, name)
          : Check.failed(Subject.BACKEND, name + " computes wrong products");
    } catch (BackendException e) {
      return Check.failed(
          Subject.BACKEND,
          "%s; natives of this build: %s, this machine: %s"
              .formatted(e.getMessage(), build.natives(), Loader.getPlatform()));
    }
  }

  /** Of data sets that are not known by their content only what is there is worth a word. */
  private static Optional<Check> data(CatalogueEntry entry, DataStore store) {
    if (entry.isGenerated()) {
      return Optional.of(Check.ok(Subject.DATA, entry.name() + ": embedded"));
    }
    DatasetStatus status = DatasetStatus.glance(entry, store);
    if (status.state().equals("missing") && !entry.isKnownByContent()) {
      return Optional.empty();
    }
    for (FileStatus file : status.files()) {
      if (file.state() == FileStatus.FileState.CORRUPT) {
        return Optional.of(Check.failed(Subject.DATA, entry.name() + ": " + file.remark()));
      }
    }
    return Optional.of(
        switch (status.state()) {
          case "complete", "present" ->
              Check.ok(
                  Subject.DATA,
                  "%s: %s in %s"
                      .formatted(entry.name(), status.state(), status.folder().orElseThrow()));
          default ->
              Check.absent(
                  Subject.DATA,
                  "%s: not in %s; get it with: mnist4j data fetch %s"
                      .formatted(entry.name(), store.folder(), entry.name()));
        });
  }

  private static Check directory(String what, Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    Path existing = absolute;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      Files.delete(Files.createTempFile(existing, ".mnist4j", null));
      return Check.ok(Subject.DIRECTORY, "%s: %s can be written".formatted(what, absolute));
    } catch (IOException e) {
      return new Check(
          Subject.DIRECTORY,
          what.equals("runs") ? CheckStatus.FAILED : CheckStatus.ABSENT,
          "%s: %s cannot be written".formatted(what, absolute));
    }
  }

  private static Check nativeCache() {
    try {
      return directory("natives", Loader.getCacheDir().toPath());
    } catch (IOException e) {
      return Check.failed(
          Subject.DIRECTORY,
          "natives: there is no folder to unpack them to; "
              + "set MNIST4J_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR");
    }
  }
}
