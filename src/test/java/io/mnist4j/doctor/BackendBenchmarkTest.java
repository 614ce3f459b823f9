package io.mnist4j.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.CommandLineRun;
import io.mnist4j.cli.Main;
import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.doctor.BackendBenchmark.BenchmarkRow;
import io.mnist4j.doctor.BackendBenchmark.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendBenchmarkTest {
  private static final Diagnosis NO_GPU = new Diagnosis(List.of(), Optional.empty());

  @TempDir Path directory;

  @Test
  void timesATrainingInAProcessOfItsOwn() throws Exception {
    Mnist4jProcess.count("benchmark");
    Network tiny = new Network("8 units", 32, 5, "[{dense: {units: 8}}]");
    List<BenchmarkRow> rows = BackendBenchmark.run(Main.class, NO_GPU, List.of(tiny));
    assertEquals(1, rows.size());
    assertTrue(rows.get(0).cpu() > 0, rows.toString());
    String json = DiagnosisText.toJson(NO_GPU, rows);
    assertTrue(
        json.matches("(?s).*\"network\" : \"8 units\".*\"cpuSamplesPerSecond\" : [1-9].*"), json);
    String text = DiagnosisText.toText(NO_GPU, rows);
    assertTrue(text.matches("(?s).*8 units +[\\d,]+ +- +no GPU to compare with\\R"), text);
  }

  @Test
  void everyNetworkIsOneThatTrainTakes() throws Exception {
    for (Network network : BackendBenchmark.NETWORKS) {
      List<String> line = new ArrayList<>(BackendBenchmark.training(network, "cpu", directory));
      line.add("--print-config");
      Mnist4jProcess.Result result = new CommandLineRun(directory).run(line.toArray(String[]::new));
      assertEquals(0, result.exitCode(), result.stderr());
    }
  }

  @Test
  void saysWhatIsFaster() {
    assertEquals(
        "GPU, 4.0 times as fast", new BenchmarkRow("n", 100, OptionalDouble.of(400)).advice());
    assertEquals(
        "CPU, 4.0 times as fast", new BenchmarkRow("n", 100, OptionalDouble.of(25)).advice());
  }
}
