package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The number of threads decides how long a training takes, and nothing else. */
class ThreadsTest {
  private static final String CONVOLUTIONS =
      "model.layers=[{conv2d: {filters: 4, kernel: 5}}, maxpool2d, flatten, {dense: {units: 32}}]";
  private static final String DENSE =
      "model.layers=[{dense: {units: 300}}, {dropout: {rate: 0.3}}, {dense: {units: 70}}]";

  @TempDir Path directory;

  /** Threads of Java's. */
  @Test
  void fusedStepGivesTheSameBits() throws Exception {
    CommandLineRun program = new CommandLineRun(directory);
    List<Result> results = new ArrayList<>();
    for (List<String> line : lines(DENSE)) {
      results.add(program.run(line.toArray(String[]::new)));
    }
    assertSameBits(results);
  }

  /** Threads of OpenMP's, which reads how many there are when it is loaded. */
  @Test
  void stepOfDl4jGivesTheSameBits() throws Exception {
    assertSameBits(
        new Mnist4jProcess(directory)
            .environment("OMP_NUM_THREADS", "2")
            .environment("OMP_WAIT_POLICY", "passive")
            .runAll(lines(CONVOLUTIONS)));
  }

  private List<List<String>> lines(String model) throws IOException {
    Path data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(600, 100, 28, 28));
    List<List<String>> lines = new ArrayList<>();
    for (String threads : List.of("1", "2", "auto")) {
      List<String> line =
          new ArrayList<>(List.of("train", "--dataset", data.toString(), "--quiet"));
      line.addAll(List.of("--epochs", "1", "--format", "json", "--threads", threads));
      line.addAll(List.of("--set", model, "--name", threads));
      lines.add(line);
    }
    return lines;
  }

  private void assertSameBits(List<Result> results) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    assumeTrue(cores > 1, "there is one core only");
    List<Integer> used = new ArrayList<>();
    for (Result result : results) {
      assertEquals(0, result.exitCode(), result.stderr());
      used.add(new ObjectMapper().readTree(result.stdout()).get("threads").asInt());
    }
    assertEquals(List.of(1, 2), used.subList(0, 2));
    assertTrue(used.get(2) >= 1 && used.get(2) <= cores, used.toString());
    assertArrayEquals(parameters("1"), parameters("2"));
    assertArrayEquals(parameters("1"), parameters("auto"));
  }

  private byte[] parameters(String run) throws Exception {
    Path file = directory.resolve("runs").resolve(run).resolve("model.zip");
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry("coefficients.bin"))) {
      return in.readAllBytes();
    }
  }
}
