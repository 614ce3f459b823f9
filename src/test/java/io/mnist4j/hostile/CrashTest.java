package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.CommandLineRun;
import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The world goes wrong around the program: signals, a full disk, folders that vanish, a terminal
 * that is gone. {@code ResumeTest} kills trainings, {@code DataFetchProcessTest} downloads.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals, modes and limits of Unix")
class CrashTest {
  private static final int KILLS = Soak.isOn() ? 100 : 3;
  private static final int TERMINATIONS = Soak.isOn() ? 100 : 2;

  /** So long that what happens to it happens before its end. */
  private static final List<String> LONG =
      List.of("train", "--epochs", "90000", "--threads", "1", "--no-report", "--name", "long");

  @TempDir static Path shared;
  private static Path data;
  private static Path finished;

  @TempDir Path directory;

  @BeforeAll
  static void train() throws Exception {
    data = IdxFixture.write(shared.resolve("rows"), IdxFixture.rows(1_000, 200, 8, 6));
    Result result = new CommandLineRun(shared).run(training("done", 3));
    assertEquals(0, result.exitCode(), result.stderr());
    finished = shared.resolve("runs/done");
  }

  private static String[] training(String name, int epochs) {
    return new String[] {
      "train", "--dataset", data.toString(), "--epochs", "" + epochs, "--no-report", "--name", name
    };
  }

  /** The file is there whole, or it is not there. */
  @Test
  void killedExportLeavesNoPart() throws Exception {
    String model = finished.resolve("model.zip").toString();
    Result export =
        new CommandLineRun(directory).run("export", model, "--format", "onnx", "-o", "whole.onnx");
    assertEquals(0, export.exitCode(), export.stderr());
    byte[] whole = Files.readAllBytes(directory.resolve("whole.onnx"));
    Random random = new Random(3);
    for (int i = 0; i < KILLS; i++) {
      Path place = Files.createDirectory(directory.resolve("kill" + i));
      Process process =
          new Mnist4jProcess(place).start("export", model, "--format", "onnx", "-o", "m.onnx");
      // While the file is written, which begins under another name.
      while (process.isAlive() && !hasFile(place, ".onnx")) {
        Thread.sleep(1);
      }
      process.waitFor(random.nextInt(5), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      Path target = place.resolve("m.onnx");
      if (Files.exists(target)) {
        assertArrayEquals(whole, Files.readAllBytes(target));
      }
    }
  }

  private static boolean hasFile(Path folder, String namePart) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().contains(namePart));
    }
  }

  /** At any moment SIGTERM ends it with 143 or, at the very end, 0, and it can be gone on with. */
  @Test
  void terminatedAnywhereItCanGoOn() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < TERMINATIONS; i++) {
      Path place = Files.createDirectories(directory.resolve("term" + i));
      Process process = new Mnist4jProcess(place).start(training("cut", 3));
      process.waitFor(300 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "SIGTERM does not end it");
      assertTrue(List.of(0, 143).contains(process.exitValue()), process.exitValue() + "");
      Path run = place.resolve("runs/cut");
      if (Files.exists(run.resolve("config.yaml"))) {
        CommandLineRun program = new CommandLineRun(place);
        assertEquals(0, program.run("train", "--resume", "runs/cut", "--no-report").exitCode());
        assertArrayEquals(weights(finished), weights(run));
      }
    }
  }

  /** A limit on the length of files, which the program meets as it does a full disk. */
  @Test
  void fullDisk() throws Exception {
    Result result = shell("ulimit -f 60; exec $MNIST4J", training("full", 3));
    assertEquals(3, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("cannot write runs/full/"), result.stderr());
    assertTrue(result.stderr().contains("File too large"), result.stderr());
    Path run = directory.resolve("runs/full");
    try (Stream<Path> files = Files.list(run)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")), "a part stayed");
    }
    // There is room again.
    Result resumed = new CommandLineRun(directory).run("train", "--resume", "runs/full");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertArrayEquals(weights(finished), weights(run));
  }

  @Test
  void resultThatStdoutDoesNotTake() throws Exception {
    if (Files.exists(Path.of("/dev/full"))) {
      Result full = shell("exec $MNIST4J > /dev/full", "data", "list");
      assertEquals(3, full.exitCode(), full.stderr());
      assertEquals(
          "mnist4j: cannot write the result to stdout: No space left on device",
          full.stderr().strip());
    }
    assertEquals(3, shell("exec $MNIST4J >&-", "--version").exitCode());
    // Nobody is there to read the warning, and the result still comes.
    Result noStderr = shell("exec $MNIST4J 2>&- <&-", "--version");
    assertEquals(0, noStderr.exitCode());
    assertTrue(noStderr.stdout().startsWith("mnist4j "), noStderr.stdout());
  }

  @Test
  void readerThatHangsUp() throws Exception {
    Result result = shell("$MNIST4J | head -1; exit ${PIPESTATUS[0]}", "train", "--print-config");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(1, result.stdout().lines().count());
    assertEquals("", result.stderr());
  }

  @Test
  void runThatVanishes() throws Exception {
    Mnist4jProcess program = new Mnist4jProcess(directory);
    List<String> command = new ArrayList<>(LONG);
    Collections.addAll(command, "--dataset", data.toString());
    Process process = program.start(command.toArray(String[]::new));
    Path run = directory.resolve("runs/long");
    await(run.resolve("checkpoint.zip"));
    Files.move(run, directory.resolve("elsewhere"));
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it goes on without a folder");
    assertEquals(3, process.exitValue());
    String last = Files.readString(directory.resolve("stderr.txt")).strip();
    last = last.substring(last.lastIndexOf('\n') + 1);
    assertTrue(
        last.matches("mnist4j: cannot write runs/long/.*: (no such file|there is no such folder)"),
        last);
  }

  /** The second is turned away; the lock of a process that was killed is in nobody's way. */
  @Test
  void twoProcessesOnOneRun() throws Exception {
    List<String> command = new ArrayList<>(LONG);
    Collections.addAll(command, "--dataset", data.toString());
    Process first = new Mnist4jProcess(directory).start(command.toArray(String[]::new));
    Path run = directory.resolve("runs/long");
    await(run.resolve("checkpoint.zip"));
    Path place = Files.createDirectory(directory.resolve("elsewhere"));
    Result second = new CommandLineRun(place).run("train", "--resume", run.toString());
    assertEquals(3, second.exitCode(), second.stderr());
    assertTrue(
        second.stderr().endsWith(run + ": another mnist4j is training this run\n"),
        second.stderr());
    assertTrue(first.isAlive());
    first.destroyForcibly().waitFor();
    int epochs = Files.readAllLines(run.resolve("metrics.csv")).size();
    Process third = new Mnist4jProcess(place).start("train", "--resume", run.toString());
    while (Files.readAllLines(run.resolve("metrics.csv")).size() <= epochs) {
      assertTrue(third.isAlive(), Files.readString(directory.resolve("elsewhere/stderr.txt")));
      Thread.sleep(20);
    }
    third.destroy();
    assertEquals(143, third.waitFor());
    assertFalse(Files.exists(run.resolve(".lock")));
  }

  /** The first start unpacks 400 MB of natives, and is killed; two at once make it good. */
  @Test
  void unpackingThatIsCutOff() throws Exception {
    String model = finished.resolve("model.zip").toString();
    Random random = new Random(5);
    for (int i = 0; i < (Soak.isOn() ? 20 : 1); i++) {
      String cache = "-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("cache" + i);
      List<Mnist4jProcess> programs = new ArrayList<>();
      for (String place : List.of("a" + i, "b" + i)) {
        Path folder = Files.createDirectory(directory.resolve(place));
        programs.add(new Mnist4jProcess(folder).jvmFlag(cache));
      }
      String[] export = {"export", model, "--format", "csv", "-o", "weights"};
      Process killed = programs.get(0).start(export);
      killed.waitFor(300 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
      killed.destroyForcibly().waitFor();
      List<Process> both = new ArrayList<>();
      for (Mnist4jProcess program : programs) {
        both.add(program.start("evaluate", model, "--dataset", data.toString()));
      }
      for (Process process : both) {
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "hangs");
        assertEquals(0, process.exitValue());
      }
      PathUtils.deleteDirectory(directory.resolve("cache" + i));
    }
  }

  /** What is only read may lie where nobody can write, and what cannot be written is named. */
  @Test
  void foldersThatTakeNothing() throws Exception {
    Path closed = Files.createDirectories(directory.resolve("closed/runs"));
    Files.copy(finished.resolve("model.zip"), closed.resolve("model.zip"));
    String model = closed.resolve("model.zip").toString();
    Set<PosixFilePermission> readable = PosixFilePermissions.fromString("r-xr-xr-x");
    Files.setPosixFilePermissions(closed, readable);
    Files.setPosixFilePermissions(closed.getParent(), readable);
    try {
      String into = closed.toString();
      List<Result> results =
          powerless(
              List.of(
                  List.of("evaluate", model, "--dataset", data.toString()),
                  List.of("train", "--dataset", data.toString(), "--output", into),
                  List.of("export", model, "--format", "csv", "-o", into + "/w"),
                  List.of("data", "fetch", "mnist", "--data-dir", into),
                  List.of(
                      "evaluate", model, "--dataset", data.toString(), "--output", into + "/e")));
      assertEquals(0, results.get(0).exitCode(), results.get(0).stderr());
      for (Result result : results.subList(1, results.size())) {
        assertEquals(3, result.exitCode(), result.stderr());
        String last = result.stderr().lines().reduce("", (first, second) -> second);
        assertTrue(last.startsWith("mnist4j: "), result.stderr());
        assertTrue(last.matches(".*cannot write (to )?" + into + ".*: permission denied.*"), last);
      }
    } finally {
      Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
      Files.setPosixFilePermissions(closed.getParent(), open);
      Files.setPosixFilePermissions(closed, open);
    }
  }

  /** Root may write anywhere, unless it gives up that right. */
  private List<Result> powerless(List<List<String>> lines) throws Exception {
    boolean root = Files.getOwner(directory).getName().equals("root");
    List<String> command =
        new ArrayList<>(root ? List.of("setpriv", "--bounding-set=-all") : List.of());
    Mnist4jProcess program = new Mnist4jProcess(directory);
    command.addAll(program.commandOfAll(lines));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("stdout.txt").toFile())
            .redirectError(directory.resolve("stderr.txt").toFile());
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "HOME", directory.toString()));
    builder.environment().remove("MNIST4J_DATA");
    return program.finishAll(builder.start(), lines.size());
  }

  /** Somebody corrects a clock that was ahead: what is there is of tomorrow. */
  @Test
  void clockThatIsSetBack() throws Exception {
    Process killed = new Mnist4jProcess(directory).start(training("ahead", 3));
    Path run = directory.resolve("runs/ahead");
    await(run.resolve("checkpoint.zip"));
    killed.destroyForcibly().waitFor();
    FileTime tomorrow = FileTime.from(Instant.now().plus(1, ChronoUnit.DAYS));
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, tomorrow);
      }
    }
    Result resumed = new CommandLineRun(directory).run("train", "--resume", "runs/ahead");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertArrayEquals(weights(finished), weights(run));
  }

  @Test
  void homeThatIsNotThere() throws Exception {
    Result trained = shell("unset HOME; exec $MNIST4J", training("homeless", 1));
    assertEquals(0, trained.exitCode(), trained.stderr());
  }

  @Test
  void nativesThatDoNotLoad() throws Exception {
    List<Result> results =
        new Mnist4jProcess(directory)
            .jvmFlag("-Dorg.bytedeco.javacpp.platform=linux-none")
            .runAll(List.of(List.of(training("none", 1)), List.of("doctor")));
    Result train = results.get(0);
    assertEquals(6, train.exitCode(), train.stderr());
    assertTrue(
        train.stderr().startsWith("mnist4j: ND4J's CPU backend does not start: "), train.stderr());
    assertEquals(1, train.stderr().lines().count(), train.stderr());
    Result doctor = results.get(1);
    assertEquals(6, doctor.exitCode(), doctor.stdout());
    assertTrue(doctor.stdout().contains("failed  backend"), doctor.stdout());
  }

  /** Runs a script in which {@code $MNIST4J} stands for the program; the arguments follow it. */
  private Result shell(String script, String... arguments) throws Exception {
    Mnist4jProcess program = new Mnist4jProcess(directory);
    List<String> command = new ArrayList<>(program.command());
    Collections.addAll(command, arguments);
    StringBuilder quoted = new StringBuilder();
    command.forEach(word -> quoted.append("'").append(word).append("' "));
    String whole = script.replaceFirst("\\$MNIST4J", quoted.toString().replace("$", "\\$"));
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", whole).directory(directory.toFile());
    shell.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "HOME", directory.toString()));
    shell.environment().remove("MNIST4J_DATA");
    Path out = directory.resolve("shell-out.txt");
    Path err = directory.resolve("shell-err.txt");
    Process process = shell.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "hangs");
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static byte[] weights(Path run) throws IOException {
    try (ZipFile zip = new ZipFile(run.resolve("model.zip").toFile());
        InputStream in = zip.getInputStream(zip.getEntry("coefficients.bin"))) {
      return in.readAllBytes();
    }
  }

  private static void await(Path file) throws Exception {
    for (int i = 0; i < 1_000 && !Files.exists(file); i++) {
      Thread.sleep(20);
    }
    assertTrue(Files.exists(file), file.toString());
  }
}
