package io.mnist4j.backend.cuda;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/** Runs {@link CudaTrial} and explains what it prints. */
public final class CudaProbe {
  /** What ND4J takes of a card before a network does: CUDA's context, ND4J's code for the card. */
  public static final long LEAST_FREE_BYTES = 1L << 30;

  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final int OLDEST_CUDA = 11_000;
  private static final int TOO_OLD = 35;
  private static final long TIMEOUT_SECONDS = 300;

  private final Consumer<String> notes;
  private final List<Gpu> gpus = new ArrayList<>();

  /** What the trial has said last of each thing; nothing after a crash. */
  private final Map<String, String> said = new HashMap<>(Map.of("stage", "the JVM"));

  CudaProbe(Consumer<String> notes) {
    this.notes = notes;
  }

  /**
   * Tries everything that a training on a graphics card needs, up to a product of two matrices on
   * each of them. It takes some seconds, and the first time a minute.
   *
   * @param wanted how many cards, at least 1; where there are fewer, it goes no further
   * @param notes gets what takes long, before it does
   */
  public static CudaReport probe(int wanted, Consumer<String> notes) {
    if (!OneBackend.hasCuda()) {
      return CudaReport.failed(
          "this build has no CUDA backend; MNIST4J_BACKEND=cuda scripts/mnist4j builds one (2.5 GB"
              + " to download, once)");
    }
    CudaProbe probe = new CudaProbe(notes);
    try {
      probe.run(wanted);
      return probe.report();
    } catch (IOException e) {
      return CudaReport.failed("no process to try CUDA in: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CudaReport.failed("interrupted while CUDA was tried");
    }
  }

  private void run(int wanted) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // The exit code says that it crashed; the files of a crash are not needed.
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + (File.separatorChar == '/' ? "/dev/null" : "NUL"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("org.bytedeco.javacpp."))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CudaTrial.class.getName(), String.valueOf(wanted)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    if (wanted == 0) {
      // Hidden cards count too.
      builder.environment().remove(VISIBLE);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    // A faulty driver may never answer.
    CompletableFuture<Process> unused =
        process
            .onExit()
            .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> process.destroyForcibly());
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read(line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Takes a line that the trial prints. */
  void read(String line) {
    String word = StringUtils.substringBefore(line, " ");
    String value = StringUtils.substringAfter(line, " ");
    switch (word) {
      case "gpu" -> gpus.add(gpu(value.split(" ", 6)));
      case "unpacking" -> notes.accept("Unpacking the libraries for CUDA, once: up to 4 GB ...");
      // Others are what a library printed.
      default -> said.put(word, value);
    }
  }

  private String text(String word) {
    return said.getOrDefault(word, "");
  }

  private int number(String word) {
    return Integer.parseInt(said.getOrDefault(word, "0"));
  }

  private static Gpu gpu(String[] words) {
    return new Gpu(
        Integer.parseInt(words[0]),
        words[5],
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]));
  }

  CudaReport report() throws IOException, InterruptedException {
    return new CudaReport(
        gpus,
        text("driver"),
        DriverVersion.ofCuda(number("driver-cuda")),
        DriverVersion.ofCuda(number("runtime")),
        said.containsKey("works") ? Optional.empty() : Optional.of(problem()));
  }

  /** In the order in which one hides the next. */
  private String problem() throws IOException, InterruptedException {
    int runtime = number("runtime");
    int driverCuda = number("driver-cuda");
    if (runtime == 0 && said.containsKey("failure")) {
      return libraryProblem();
    }
    if (runtime != 0 && driverCuda == 0) {
      return noDriver();
    }
    if (number("count-error") == TOO_OLD || (driverCuda > 0 && driverCuda < OLDEST_CUDA)) {
      return "the NVIDIA %s is too old for CUDA %s: install driver 450.80.02 or newer"
          .formatted(driverText(), DriverVersion.ofCuda(runtime));
    }
    if (text("count").equals("0")) {
      return noGpu();
    }
    Optional<String> cards = cardProblem();
    if (cards.isPresent()) {
      return cards.get();
    }
    if (!said.containsKey("end")) {
      return "%s crashes, or never answers: %s and try again"
          .formatted(
              text("stage"),
              namesRedist()
                  ? "the files may be damaged, so remove " + cache()
                  : "install the driver and NVIDIA's CUDA toolkit 11 anew");
    }
    return libraryProblem();
  }

  private String noDriver() {
    return "there is no NVIDIA driver: install 450.80.02 or newer; in a container, start it with"
        + " the GPUs (--gpus all)";
  }

  private String noGpu() throws IOException, InterruptedException {
    String visible = System.getenv(VISIBLE);
    if (visible != null) {
      CudaProbe unhidden = new CudaProbe(notes);
      unhidden.run(0);
      int hidden = unhidden.number("count");
      if (hidden > 0) {
        return "%s is '%s' and hides the %s; unset it, or name one by its number, such as 0"
            .formatted(VISIBLE, visible, hidden == 1 ? "GPU" : "%d GPUs".formatted(hidden));
      }
    }
    return "the NVIDIA %s shows no GPU (CUDA's error %d): look at what nvidia-smi says"
        .formatted(driverText(), number("count-error"));
  }

  private Optional<String> cardProblem() {
    List<Gpu> without = gpus.stream().filter(gpu -> !gpu.hasCode()).toList();
    if (!without.isEmpty()) {
      String with =
          gpus.stream()
              .filter(Gpu::hasCode)
              .map(gpu -> String.valueOf(gpu.index()))
              .collect(Collectors.joining(","));
      Gpu gpu = without.get(0);
      return Optional.of(
          "%s has compute capability %s, and ND4J's CUDA backend has code for %s alone (%s); %s"
              .formatted(
                  gpu.name(),
                  gpu.capability(),
                  Gpu.CODE_RANGE,
                  driverText(),
                  with.isEmpty()
                      ? "no driver changes that"
                      : "set %s=%s, which leaves out what it cannot use".formatted(VISIBLE, with)));
    }
    return gpus.stream()
        .filter(gpu -> gpu.freeBytes() < LEAST_FREE_BYTES)
        .findFirst()
        .map(
            gpu ->
                ("%s has %,d MiB of its memory free, and ND4J needs %,d: end what uses it "
                        + "(nvidia-smi shows it)")
                    .formatted(gpu.text(), gpu.freeMib(), LEAST_FREE_BYTES >> 20));
  }

  private String driverText() {
    return new CudaReport(
            gpus, text("driver"), DriverVersion.ofCuda(number("driver-cuda")), "", Optional.empty())
        .driverText();
  }

  /** Something did not load, or does not work. */
  private String libraryProblem() {
    String failure = text("failure");
    if (failure.contains("libcuda.so") || lacksWindowsDriver()) {
      return noDriver();
    }
    Optional<String> library = LibraryName.in(failure);
    if (library.isEmpty()) {
      return "%s fails: %s".formatted(text("stage"), failure);
    }
    if (LibraryName.isMissing(failure)) {
      return namesRedist() || library.get().startsWith("jni")
          ? ("%s is missing, and this build should have it: remove target-cuda and %s, and build "
                  + "anew")
              .formatted(library.get(), cache())
          : ("%s is missing: install NVIDIA's CUDA toolkit 11 where the loader finds it "
                  + "(LD_LIBRARY_PATH), or build with NVIDIA's libraries, without -Dcuda.redist=")
              .formatted(library.get());
    }
    return "%s is damaged (%s): remove %s and try again".formatted(library.get(), failure, cache());
  }

  /** Windows says that a library lacks another one, and not which. */
  private static boolean lacksWindowsDriver() {
    String windows = System.getenv("SystemRoot");
    return File.separatorChar == '\\'
        && windows != null
        && !Files.exists(Path.of(windows, "System32", "nvcuda.dll"));
  }

  /** Whether this program was built with NVIDIA's libraries, which need not be there any more. */
  private static boolean namesRedist() {
    Path program = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
    try (JarFile jar = new JarFile(program.toFile())) {
      String libraries = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return libraries != null && libraries.contains("-redist.jar");
    } catch (IOException e) {
      return false;
    }
  }

  private static String cache() {
    String folder = System.getProperty("org.bytedeco.javacpp.cachedir");
    return folder != null
        ? folder
        : Path.of(System.getProperty("user.home"), ".javacpp").toString();
  }
}
