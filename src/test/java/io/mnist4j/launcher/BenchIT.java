package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** scripts/bench with programs that only claim to train, and once with those that do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class BenchIT {
  private static final String FAKE_MNIST4J =
      """
      case $1 in
        --version) echo 'mnist4j 0.1.0' ;;
        data) echo '{"dataDir": "%1$s", "datasets": [
          {"name": "mnist", "state": "complete", "folder": "%1$s"}]}' ;;
        doctor) echo '{"checks": [{"subject": "kernel", "finding": "OpenBLAS Haswell"}]}' ;;
        train)
          echo "mnist4j $*" >>'%2$s'
          echo '{"epochs": [{"seconds": 0.5}, {"seconds": 0.5}], "test-accuracy": 0.97, "threads": 1}' ;;
      esac
      """;

  @TempDir Path directory;
  private Path home;
  private Path calls;
  private Path scratch;

  @BeforeAll
  static void needPython() throws Exception {
    Process python =
        new ProcessBuilder("sh", "-c", "python3 -c 'import sys; assert sys.version_info >= (3, 9)'")
            .start();
    assumeTrue(python.waitFor() == 0, "no Python 3.9 or newer");
  }

  /** A checkout whose mnist4j tells of 1 second, its Java programs of 4 and its Python of 2. */
  @BeforeEach
  void layFakes() throws Exception {
    home = directory.toRealPath().resolve("check out");
    calls = home.resolve("calls");
    scratch = Files.createDirectories(home.resolve("scratch"));
    copyFolder(Path.of("scripts/benchmarks"), home.resolve("scripts/benchmarks"));
    Files.copy(Path.of("scripts/bench"), home.resolve("scripts/bench"));
    Path data = IdxFixture.write(home.resolve("data"), IdxFixture.rows(600, 100, 8, 6));
    executable("scripts/mnist4j", FAKE_MNIST4J.formatted(data, calls));
    executable("jdk/bin/javac", "exit 0");
    executable(
        "jdk/bin/java",
        """
        if [ $1 = -XshowSettings:properties ]; then
          printf '    java.home = %s\\n    java.version = 17\\n    java.vendor = nobody\\n' >&2
          exit
        fi
        """
                .formatted(home.resolve("jdk"))
            + answer("$3", 2));
    python("");
  }

  /** How a program of peers/ with these words before its arguments answers. */
  private String answer(String program, double seconds) {
    return """
    echo "%s threads=$OMP_NUM_THREADS $*" >>'%s'
    for word; do case $word in epochs=*) count=${word#*=} ;; esac; done
    epoch='{"seconds": %s, "accuracy": 0.968}'
    epochs=$epoch
    for ((i = 1; i < count; i++)); do epochs="$epochs, $epoch"; done
    echo "{\\"epochs\\": [$epochs], \\"libraries\\": {\\"PyTorch\\": \\"9.9\\"}}"
    """
        .formatted(program, calls, seconds);
  }

  /** Replaces the fake Python with torch by one that begins with this. */
  private void python(String script) throws IOException {
    executable("python", "[ \"$1\" != -c ] || exit 0\n" + script + "\n" + answer("${2##*/}", 1));
  }

  private void executable(String name, String script) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            Files.createDirectories(to.getParent()).resolve(to).resolve(from.relativize(file)));
      }
    }
  }

  private Launcher bench() throws IOException {
    return new Launcher(home.resolve("scripts/bench"), home)
        .environment("JAVA_HOME", home.resolve("jdk"))
        .environment("TMPDIR", scratch)
        .environment("OMP_NUM_THREADS", "7");
  }

  private Launcher.Result run(String... args) throws Exception {
    String[] all =
        Stream.concat(
                Stream.of("--epochs", "2", "--python", "./python", "--output", "out"),
                Stream.of(args))
            .toArray(String[]::new);
    Launcher.Result result = bench().run(all);
    assertEquals(List.of(), list(scratch), "nothing is left behind");
    return result;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The contestants of out/bench.json by name. */
  private Map<String, JsonNode> contestants() throws IOException {
    JsonNode report = new ObjectMapper().readTree(home.resolve("out/bench.json").toFile());
    Map<String, JsonNode> byName = new TreeMap<>();
    for (JsonNode contestant : report.path("points").path(0).path("contestants")) {
      byName.put(contestant.path("name").textValue(), contestant);
    }
    return byName;
  }

  @Test
  void runsInTurnAndCompares() throws Exception {
    Launcher.Result result = run("--threads", "1,auto", "--repeat", "2", "--min-accuracy", "0.9");
    assertEquals(0, result.exitCode(), result.stderr());
    List<String> round =
        List.of(
            "mnist4j 1",
            "mnist4j auto",
            "StockDl4j 1",
            "StockDl4j ",
            "pytorch_mnist.py 1",
            "pytorch_mnist.py ",
            "jax_mnist.py 1",
            "jax_mnist.py ",
            "MatrixProducts 1");
    assertEquals(
        Collections.nCopies(2, round).stream().flatMap(List::stream).toList(),
        Files.readAllLines(calls).stream()
            .map(line -> line.replaceFirst(" train.* --threads (\\w+) .*", " $1"))
            .map(line -> line.replaceFirst(" threads=(\\w*).*", " $1"))
            .toList());
    Map<String, JsonNode> contestants = contestants();
    assertEquals(1200.0, contestants.get("ours-auto").at("/medians/samplesPerSecond").asDouble());
    assertEquals(2, contestants.get("pytorch-1").at("/medians/trainSeconds").asDouble());
    assertTrue(contestants.get("pytorch-1").at("/runs/0/peakMemoryBytes").asLong() > 100_000);
    // One epoch was run, and counts as two.
    assertEquals(4, contestants.get("stock-auto").at("/medians/trainSeconds").asDouble());
    assertTrue(contestants.get("stock-auto").at("/runs/0/wallSeconds").asDouble() > 2);
    String table = result.stdout();
    assertEquals(table, Files.readString(home.resolve("out/bench.md")));
    assertTrue(table.contains("| PyTorch, as it comes | 2.00× (2.00× – 2.00×) | "), table);
    assertTrue(table.contains("| Deeplearning4j, best pinned | 4.00× "), table);
    assertTrue(table.contains("JDK 17 (nobody); OpenBLAS Haswell; PyTorch 9.9; "), table);
    JsonNode first = contestants.get("pytorch-1").at("/runs/0");
    assertEquals(1, first.path("firstEpochSeconds").asDouble());
    assertTrue(first.path("cpuSeconds").asDouble() > 0);
  }

  @Test
  void missedAccuracyFails() throws Exception {
    Launcher.Result result =
        run("--threads", "1", "--only", "ours,pytorch", "--min-accuracy", "0.969");
    assertEquals(4, result.exitCode(), result.stderr());
    assertEquals("ok", contestants().get("ours-1").path("verdict").textValue());
    assertEquals(
        "FAIL: accuracy below 0.969", contestants().get("pytorch-1").path("verdict").textValue());
  }

  @Test
  void mnistHasItsOwnLeastAccuracy() throws Exception {
    Launcher.Result result = run("--threads", "1", "--only", "ours");
    assertEquals(0, result.exitCode(), result.stderr());
    executable(
        "scripts/mnist4j",
        FAKE_MNIST4J.formatted(home.resolve("data"), calls).replace("0.97", "0.89"));
    assertEquals(4, run("--threads", "1", "--only", "ours").exitCode());
  }

  @Test
  void failureIsNamedAndTheOthersGoOn() throws Exception {
    python("echo noise >&2; echo 'no such tensor' >&2; exit 3");
    Launcher.Result result = run("--threads", "1", "--repeat", "2", "--skip", "stock,products");
    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .stderr()
            .contains(
                "bench: round 1/2, mlp: pytorch-1: FAIL: exit code 3\nnoise\nno such tensor\n"),
        result.stderr());
    assertTrue(result.stdout().contains("| FAIL: exit code 3 |"), result.stdout());
    assertEquals(2, contestants().get("ours-1").path("runs").size());
    assertEquals(0, contestants().get("pytorch-1").path("runs").size());
  }

  @Test
  void answersAreReadStrictly() throws Exception {
    List<String> answers =
        List.of(
            "done",
            "[]",
            "{}",
            "{\"epochs\": [{\"seconds\": 1, \"accuracy\": 0.9}]}",
            "{\"epochs\": [{\"seconds\": 1}, {\"seconds\": 1}]}",
            "{\"epochs\": [{\"seconds\": 1}, {\"seconds\": 0, \"accuracy\": 0.9}]}",
            "{\"epochs\": [{\"seconds\": 1}, {\"seconds\": 1, \"accuracy\": 97}]}");
    Path file = Files.write(home.resolve("answers"), answers);
    python("sed -n ${OMP_NUM_THREADS}p '" + file + "'; exit 0");
    Launcher.Result result = run("--threads", "1,2,3,4,5,6,7", "--only", "pytorch");
    assertEquals(1, result.exitCode(), result.stderr());
    assertFalse(result.stderr().contains("Traceback"), result.stderr());
    for (JsonNode contestant : contestants().values()) {
      assertTrue(contestant.path("verdict").textValue().startsWith("FAIL: "), result.stdout());
    }
  }

  @Test
  void withoutTorchTheOthersAreMeasured() throws Exception {
    executable("python", "echo \"ModuleNotFoundError: No module named 'torch'\" >&2; exit 1");
    Launcher.Result result = run("--threads", "1", "--only", "ours,pytorch", "--repeat", "1");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result
            .stdout()
            .contains("not measured: torch cannot be imported by " + home.resolve("python")),
        result.stdout());
    assertTrue(result.stdout().contains("| mnist4j | 1 | 0.50 | 0.50 | 1.00 |"), result.stdout());
  }

  @Test
  void sweepHasARowForEachSetting() throws Exception {
    Launcher.Result result =
        run("width", "--threads", "1", "--repeat", "1", "--values", "64", "32,16");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result
            .stdout()
            .startsWith(
                """
                | width | ours-1, samples/s | pytorch-1, samples/s | jax-1, samples/s | best ours / best pytorch |
                | --- | --- | --- | --- | --- |
                | 64 | 1,200 | 600 | 600 | 2.00× |
                | 32,16 | 1,200 | 600 | 600 | 2.00× |
                """),
        result.stdout());
    assertTrue(
        Files.readString(calls)
            .contains("model.layers=[{dense: {units: 32}}, {dense: {units: 16}}]"));
  }

  @Test
  void networksAreToldToAllAlike() throws Exception {
    Launcher.Result result =
        run(
            "lenet",
            "cnn",
            "--images",
            "300",
            "--threads",
            "1",
            "--repeat",
            "1",
            "--with",
            "compiled",
            "--skip",
            "jax");
    assertEquals(0, result.exitCode(), result.stderr());
    List<String> told = Files.readAllLines(calls);
    assertEquals(6, told.size(), told.toString());
    String ours = told.get(3);
    assertTrue(ours.contains("configs/cnn.yaml --set data.limit=300 --dataset mnist "), ours);
    assertTrue(told.get(1).contains(" layers=conv:8:5,pool:2,conv:24:5,pool:2,dense:128 "));
    assertTrue(told.get(4).endsWith(" rate=0.001 schedule=linear seed=1 images=300"), told.get(4));
    assertTrue(result.stdout().startsWith("## lenet: "), result.stdout());
    assertTrue(result.stdout().contains("\n\n## cnn: "), result.stdout());
  }

  @Test
  void differentNetworksAreNoticed() throws Exception {
    python(
        "echo '{\"epochs\": [{\"seconds\": 1, \"accuracy\": 0.97}], \"parameters\": 5}'; exit 0");
    executable(
        "scripts/mnist4j",
        FAKE_MNIST4J
            .formatted(home.resolve("data"), calls)
            .replace("{\"seconds\": 0.5}, ", "")
            .replace("\"threads\": 1", "\"threads\": 1, \"parameters\": 6"));
    Launcher.Result result =
        run("--epochs", "1", "--threads", "1", "--repeat", "1", "--only", "ours,pytorch");
    assertTrue(
        result.stdout().contains("mlp: the networks differ, with [5, 6] parameters."),
        result.stdout() + result.stderr());
  }

  @Test
  void busyMachineIsComparedWithAQuietOne() throws Exception {
    Launcher.Result result = run("--busy", "--threads", "1", "--repeat", "1", "--only", "ours");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode points =
        new ObjectMapper().readTree(home.resolve("out/bench.json").toFile()).path("points");
    assertEquals(
        List.of(false, true), points.findValues("busy").stream().map(JsonNode::asBoolean).toList());
    assertTrue(result.stdout().contains("| slowdown / fair share |"), result.stdout());
    assertTrue(result.stdout().contains("| mlp | mnist4j | 1 | 1.00 | 1.00 | "), result.stdout());
  }

  @Test
  void interruptEndsWhatRunsAndKeepsWhatWasMeasured() throws Exception {
    python(
        "if [ -e '%1$s/second' ]; then sleep 60 & echo $! >'%1$s/sleeper'; wait; fi; touch '%1$s/second'"
            .formatted(home));
    Launcher launcher = bench();
    Process process =
        launcher.start(
            "--epochs",
            "2",
            "--python",
            "./python",
            "--output",
            "out",
            "--threads",
            "1",
            "--repeat",
            "9",
            "--only",
            "ours,pytorch");
    Path sleeper = home.resolve("sleeper");
    while (!Files.exists(sleeper) || Files.size(sleeper) == 0) {
      assertTrue(process.isAlive(), launcher.stderr());
      Thread.sleep(20);
    }
    process.destroy();
    assertEquals(143, launcher.finish(process).exitCode());
    long child = Long.parseLong(Files.readString(sleeper).strip());
    ProcessHandle.of(child).ifPresent(left -> left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    assertEquals(List.of(), list(scratch));
    assertEquals(1, contestants().get("ours-1").path("runs").size());
  }

  @Test
  void wrongUseIsSaidInOneLine() throws Exception {
    for (List<String> wrong :
        List.of(
            List.of("--threads", "0"),
            List.of("--only", "caffe"),
            List.of("vgg"),
            List.of("mlp", "threads"),
            List.of("threads", "--busy"),
            List.of("--values", "64"),
            List.of("batch-size", "--values", "64,32"),
            List.of("--cores", "0,9999"),
            List.of("--only", "ours", "--skip", "ours"))) {
      Launcher.Result result = bench().run(wrong.toArray(String[]::new));
      assertEquals(2, result.exitCode(), wrong + result.stderr());
      assertEquals(1, result.stderr().lines().count(), result.stderr());
    }
    Launcher.Result noData = bench().run("--dataset", "scripts");
    assertEquals(3, noData.exitCode());
    assertTrue(noData.stderr().endsWith("no train-images-idx3-ubyte in it\n"), noData.stderr());
  }

  @Test
  void realProgramsOfThisCheckoutTakePart() throws Exception {
    Launcher.Result result =
        new Launcher(Path.of("scripts/bench").toAbsolutePath(), directory)
            .counted()
            .environment("JAVA_HOME", System.getProperty("java.home"))
            .environment("TMPDIR", scratch)
            .run(
                "--dataset",
                home.resolve("data").toString(),
                "--min-accuracy",
                "0.5",
                "--epochs",
                "4",
                "--threads",
                "1",
                "--repeat",
                "1",
                "--only",
                "ours,stock,products");
    assertEquals(0, result.exitCode(), result.stderr() + result.stdout());
    List<String> verdicts =
        result
            .stdout()
            .lines()
            .filter(line -> line.matches("\\| .* \\| 1 \\| \\d.* \\| (ok|–) \\|"))
            .toList();
    assertEquals(3, verdicts.size(), result.stdout());
    assertTrue(result.stdout().contains("All matrix products alone would take"), result.stdout());
  }
}
