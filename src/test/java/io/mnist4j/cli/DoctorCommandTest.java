package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.backend.InstructionSet;
import io.mnist4j.cli.Mnist4jProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class DoctorCommandTest {
  @TempDir Path directory;

  @Test
  void saysWhatWorksAndWhatIsNotThere() throws Exception {
    Result result = new CommandLineRun(directory).run("doctor");
    assertEquals(0, result.exitCode(), result.stdout());
    assertEquals("", result.stderr());
    assertTrue(
        result.stdout().lines().anyMatch(line -> line.matches("ok +backend +nd4j-native .*BLAS.*")),
        result.stdout());
    assertTrue(
        result
            .stdout()
            .lines()
            .anyMatch(line -> line.matches("(ok|slow) +kernels +OpenBLAS .* [1-9]\\d* GFLOP/s .*")),
        result.stdout());
    assertTrue(result.stdout().contains("get it with: mnist4j data fetch mnist"), result.stdout());
    assertTrue(result.stdout().contains("strokes: embedded"), result.stdout());
  }

  @Test
  void anArchiveNamesWhatItHas() throws Exception {
    String checks =
        new CommandLineRun(directory)
            .jvmFlag("-Dmnist4j.installed=true")
            .run("doctor", "--backend", "cpu")
            .stdout();
    assertTrue(checks.contains("--backend cuda trains on NVIDIA's cards since 2018"), checks);
    assertTrue(!checks.contains("scripts/"), checks);
  }

  /** A process of its own: OpenBLAS reads the variable when it is loaded. */
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = "amd64",
      disabledReason = "elsewhere OpenBLAS does not tell its kernel")
  void kernelsForAnOlderProcessorAreSlow() throws Exception {
    assumeTrue(
        InstructionSet.ofThisProcessor().orElseThrow() != InstructionSet.SSE,
        "this processor has no more than SSE");
    Result result =
        new Mnist4jProcess(directory)
            .environment("OPENBLAS_CORETYPE", "Nehalem")
            .run("doctor", "--format", "json");
    assertEquals(0, result.exitCode(), result.stdout());
    assertEquals("", result.stderr());
    JsonNode kernels =
        StreamSupport.stream(
                new ObjectMapper().readTree(result.stdout()).get("checks").spliterator(), false)
            .filter(check -> check.get("subject").asText().equals("kernels"))
            .findFirst()
            .orElseThrow();
    assertEquals("slow", kernels.get("state").asText());
    assertTrue(
        kernels
            .get("finding")
            .asText()
            .matches(
                "OpenBLAS .* for Nehalem \\(SSE\\), set by OPENBLAS_CORETYPE: [1-9]\\d* GFLOP/s with one"
                    + " thread; this processor has .*: unset OPENBLAS_CORETYPE, or set it to .*"),
        kernels.toString());
  }

  @Test
  void corruptDataAndUnwritableRunsAreBad() throws Exception {
    Path data = Files.createDirectories(directory.resolve("data/mnist"));
    Files.writeString(data.resolve("t10k-labels-idx1-ubyte"), "no labels");
    Files.writeString(directory.resolve("file"), "");
    Result result =
        new CommandLineRun(directory)
            .run("doctor", "--data-dir", "data", "--output", "file/runs", "--format", "json");
    assertEquals(3, result.exitCode(), result.stdout());
    JsonNode diagnosis = new ObjectMapper().readTree(result.stdout());
    assertEquals(false, diagnosis.get("healthy").asBoolean());
    StringBuilder failed = new StringBuilder();
    for (JsonNode check : diagnosis.get("checks")) {
      if (check.get("state").asText().equals("failed")) {
        failed.append(check.get("finding").asText()).append('\n');
      }
    }
    assertTrue(failed.toString().contains("t10k-labels-idx1-ubyte"), failed.toString());
    assertTrue(failed.toString().contains("cannot be written"), failed.toString());
    assertEquals(2, failed.toString().lines().count(), failed.toString());
  }
}
