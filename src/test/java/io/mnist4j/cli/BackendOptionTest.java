package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * {@code --backend} and {@code --devices} in the build that has no CUDA; {@link GpuIT} has the
 * other.
 */
class BackendOptionTest {
  private static final String NO_CUDA =
      "there is no NVIDIA driver (libcuda.so.1; nvcuda.dll on Windows): install one; in a container,"
          + " start it with the GPUs (--gpus all); under WSL, install it in Windows";

  @TempDir Path directory;

  @BeforeEach
  void makeDataset() throws Exception {
    IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(400, 80, 4, 6));
  }

  private CommandLineRun program() {
    return new CommandLineRun(directory);
  }

  private static Result train(CommandLineRun program, String... options) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("train", "--dataset", "rows"));
    all.addAll(List.of(options));
    return program.run(all.toArray(String[]::new));
  }

  @Test
  void cudaIsRefused() throws Exception {
    Result result = train(program(), "--backend", "cuda");
    assertEquals(6, result.exitCode());
    assertEquals("", result.stdout());
    assertEquals(
        "mnist4j: the GPU cannot be used: " + NO_CUDA + "; --backend cpu computes without it\n",
        result.stderr());
  }

  @Test
  void variableIsTheDefaultAndTheOptionGoesOverIt() throws Exception {
    CommandLineRun program = program().environment("MNIST4J_BACKEND", "cuda");
    assertEquals(6, train(program).exitCode());
    Result cpu = train(program, "--backend", "cpu", "--epochs", "1");
    assertEquals(0, cpu.exitCode(), cpu.stderr());
    assertTrue(cpu.stderr().startsWith("Training on rows"), cpu.stderr());
  }

  @Test
  void autoSaysWhatItChoseWhereSomebodyAsked() throws Exception {
    Result asked = train(program(), "--backend", "auto", "--epochs", "1", "--format", "json");
    assertEquals(0, asked.exitCode(), asked.stderr());
    assertTrue(
        asked.stderr().startsWith("Computing on the CPU: " + NO_CUDA + "\n"), asked.stderr());
    JsonNode summary = new ObjectMapper().readTree(asked.stdout());
    assertEquals("nd4j-native", summary.get("backend").asText());
  }

  @Test
  void unknownBackendIsWrongUsage() throws Exception {
    Result option = train(program(), "--backend", "gpu");
    assertEquals(2, option.exitCode());
    assertTrue(
        option.stderr().startsWith("mnist4j: --backend must be cpu, cuda or auto, not 'gpu'"),
        option.stderr());
    Result variable = train(program().environment("MNIST4J_BACKEND", "opencl"));
    assertEquals(2, variable.exitCode());
    assertTrue(variable.stderr().startsWith("mnist4j: MNIST4J_BACKEND must be"), variable.stderr());
  }

  @Test
  void severalDevicesAreRefused() throws Exception {
    Result several = train(program(), "--devices", "2");
    assertEquals(6, several.exitCode());
    assertTrue(
        several
            .stderr()
            .startsWith("mnist4j: 2 devices train together only by ND4J's CUDA backend, which"),
        several.stderr());
    assertEquals(1, several.stderr().lines().count(), several.stderr());
    assertEquals(2, train(program(), "--devices", "0").exitCode());
  }

  /** {@code BackendBenchmarkTest} times a small one each time. */
  @Test
  @EnabledIf("io.mnist4j.hostile.Soak#isOn")
  void doctorTimesNetworks() throws Exception {
    Result result = program().run("doctor", "--bench", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode diagnosis = new ObjectMapper().readTree(result.stdout());
    assertEquals("gpu", diagnosis.get("checks").get(2).get("subject").asText());
    assertEquals("absent", diagnosis.get("checks").get(2).get("state").asText());
    assertEquals(3, diagnosis.get("benchmark").size());
    for (JsonNode row : diagnosis.get("benchmark")) {
      assertTrue(row.get("cpuSamplesPerSecond").asDouble() > 0, row.toString());
    }
  }
}
