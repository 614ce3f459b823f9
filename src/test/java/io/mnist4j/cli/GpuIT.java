package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The program with the CUDA backend in it, on machines that lack what that needs: with the real
 * classes and their native side, and with a CUDA runtime of our own (src/test/cuda) that claims any
 * card. ND4J's and NVIDIA's libraries, which are gigabytes, are not there. {@code CudaProbeTest}
 * has what else such a trial may say.
 */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the libraries that stand for CUDA's are built for Linux on x86-64")
class GpuIT {
  private static final String H100 = "9.0,81559,81000,NVIDIA H100 80GB HBM3";
  private static final String A10 = "8.6,22731,22000,NVIDIA A10";

  @TempDir static Path libraries;
  @TempDir Path directory;
  private Path loaderPath;

  @BeforeAll
  static void compileTheRuntime() throws Exception {
    assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "there is a real driver");
    Path source = Path.of("src/test/cuda").toAbsolutePath();
    compile(
        "libcudart.so.11.0",
        "-Wl,--version-script=" + source.resolve("fake_cudart.map"),
        source.resolve("fake_cudart.c").toString());
    compile("libcuda.so.1", "-x", "c", "/dev/null");
  }

  private static void compile(String library, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("gcc", "-D_DEFAULT_SOURCE", "-shared", "-fPIC"));
    command.addAll(List.of("-Wl,-soname," + library, "-o", libraries.resolve(library).toString()));
    command.addAll(List.of(arguments));
    try {
      Process gcc = new ProcessBuilder(command).inheritIO().start();
      assertTrue(gcc.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, gcc.exitValue());
    } catch (IOException e) {
      assumeTrue(false, "there is no gcc");
    }
  }

  @BeforeEach
  void layLibraries() throws Exception {
    loaderPath = Files.createDirectory(directory.resolve("lib"));
    for (String library : List.of("libcudart.so.11.0", "libcuda.so.1")) {
      Files.createSymbolicLink(loaderPath.resolve(library), libraries.resolve(library));
    }
  }

  private Mnist4jProcess program() throws IOException {
    // The program starts another JVM, which tries CUDA.
    Mnist4jProcess.count("trial of CUDA");
    Mnist4jProcess program =
        new Mnist4jProcess(directory)
            .jvmFlag("-XX:TieredStopAtLevel=1")
            .environment("LD_LIBRARY_PATH", loaderPath.toString());
    try (Stream<Path> jars = Files.list(Path.of("target/cuda-test"))) {
      jars.sorted().forEach(program::library);
    }
    return program;
  }

  private Mnist4jProcess program(String gpus) throws IOException {
    return program().environment("FAKE_GPUS", gpus);
  }

  /** Both commands that compute say the same, in one line and nothing else. */
  private static void assertRefuses(Mnist4jProcess program, String reason) throws Exception {
    Result result = program.run("train", "--backend", "cuda", "--dataset", "strokes");
    assertEquals(6, result.exitCode(), result.stderr());
    assertEquals("", result.stdout());
    assertEquals(
        "mnist4j: the CUDA backend is not available: "
            + reason
            + "; --backend cpu computes without it\n",
        result.stderr());
  }

  @Test
  void noDriver() throws Exception {
    Files.delete(loaderPath.resolve("libcuda.so.1"));
    assertRefuses(
        program(A10),
        "there is no NVIDIA driver: install 450.80.02 or newer; in a container, start it with the"
            + " GPUs (--gpus all)");
  }

  @Test
  void noToolkit() throws Exception {
    Files.delete(loaderPath.resolve("libcudart.so.11.0"));
    assertRefuses(program(A10), missing("libcudart.so.11.0"));
  }

  /** Everything is in order until ND4J needs NVIDIA's libraries. */
  @Test
  void toolkitLacksALibrary() throws Exception {
    Result result = program(A10).run("train", "--backend", "cuda", "--quiet");
    assertEquals(6, result.exitCode());
    assertTrue(result.stderr().contains(missing("libcublas.so.11")), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  private static String missing(String library) {
    return library
        + " is missing: install NVIDIA's CUDA toolkit 11 where the loader finds it"
        + " (LD_LIBRARY_PATH), or build with NVIDIA's libraries, without -Dcuda.redist=";
  }

  @Test
  void halfALibrary() throws Exception {
    byte[] whole = Files.readAllBytes(libraries.resolve("libcudart.so.11.0"));
    Files.delete(loaderPath.resolve("libcudart.so.11.0"));
    Files.write(loaderPath.resolve("libcudart.so.11.0"), java.util.Arrays.copyOf(whole, 40));
    Result result = program(A10).run("train", "--backend", "cuda");
    assertEquals(6, result.exitCode());
    assertTrue(
        result.stderr().contains("libcudart.so.11.0 is damaged (")
            && result.stderr().contains("file too short"),
        result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  @Test
  void crashIsSurvived() throws Exception {
    assertRefuses(
        program(A10).environment("FAKE_CRASH", "yes"),
        "the NVIDIA driver crashes, or never answers: install the driver and NVIDIA's CUDA toolkit"
            + " 11 anew and try again");
  }

  @Test
  void hiddenGpus() throws Exception {
    assertRefuses(
        program(A10 + ";" + H100).environment("CUDA_VISIBLE_DEVICES", ""),
        "CUDA_VISIBLE_DEVICES is '' and hides the 2 GPUs; unset it, or name one by its number, such"
            + " as 0");
  }

  @Test
  void fullMemory() throws Exception {
    assertRefuses(
        program("8.6,22731,0,NVIDIA A10"),
        "NVIDIA A10 (compute capability 8.6, 22,731 MiB) has 0 MiB of its memory free, and ND4J"
            + " needs 1,024: end what uses it (nvidia-smi shows it)");
  }

  /** What a host with an H100 gets: the CPU, and why; never a word less. */
  @Test
  void autoTrainsOnTheCpuAndSaysWhy() throws Exception {
    IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(400, 80, 4, 6));
    Result result =
        program(H100).run("train", "--dataset", "rows", "--name", "one", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result
            .stderr()
            .startsWith("Computing on the CPU: NVIDIA H100 80GB HBM3 has compute capability 9.0,"),
        result.stderr());
    JsonNode summary = new ObjectMapper().readTree(result.stdout());
    assertEquals("nd4j-native", summary.get("backend").asText());
    assertFalse(summary.has("device"));
    try (ZipFile model = new ZipFile(directory.resolve("runs/one/model.zip").toFile())) {
      JsonNode provenance =
          new ObjectMapper().readTree(model.getInputStream(model.getEntry("mnist4j.json")));
      assertEquals("nd4j-native", provenance.get("platform").get("backend").asText());
    }
  }

  @Test
  void evaluateIsRefusedLikewise() throws Exception {
    Result result =
        program(H100).environment("MNIST4J_BACKEND", "cuda").run("evaluate", "model.zip");
    assertEquals(6, result.exitCode());
    assertTrue(result.stderr().contains("has compute capability 9.0"), result.stderr());
  }

  @Test
  void doctorNamesTheCard() throws Exception {
    Result result = program(H100).run("doctor", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode diagnosis = new ObjectMapper().readTree(result.stdout());
    JsonNode gpu = diagnosis.get("checks").get(2);
    assertEquals("gpu", gpu.get("subject").asText());
    assertEquals("absent", gpu.get("state").asText());
    JsonNode cuda = diagnosis.get("cuda");
    assertFalse(cuda.get("works").asBoolean());
    assertEquals("11.6", cuda.get("driverCuda").asText());
    assertEquals("NVIDIA H100 80GB HBM3", cuda.get("gpus").get(0).get("name").asText());
    assertEquals("9.0", cuda.get("gpus").get(0).get("computeCapability").asText());
    assertFalse(cuda.get("gpus").get(0).get("hasCode").asBoolean());
  }

  @Test
  void doctorFailsWhereTheGpuWasAskedFor() throws Exception {
    Result result = program(H100).run("doctor", "--backend", "cuda");
    assertEquals(6, result.exitCode());
    List<String> failed =
        result.stdout().lines().filter(line -> line.startsWith("failed")).toList();
    assertEquals(1, failed.size(), result.stdout());
    assertTrue(failed.get(0).contains("NVIDIA H100 80GB HBM3"), result.stdout());
  }
}
