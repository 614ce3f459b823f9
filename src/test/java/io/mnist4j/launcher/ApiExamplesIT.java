package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The example programs of docs/examples, compiled and run with the built jar alone. */
class ApiExamplesIT {
  private static final int MAX_LINES = 30;
  private static final Path JAR = Path.of("target/mnist4j.jar").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void theyTrainReadAndSearch() throws Exception {
    Path config = directory.resolve("small.yaml");
    Files.writeString(
        config,
        """
        data: {dataset: strokes, limit: 600, validation: 0.1}
        model: {layers: [{dense: {units: 16}}]}
        training: {epochs: 2}
        """);
    String trained = run("TrainModel", config.toString(), "run", "300");
    assertTrue(
        trained.matches("(?s)epoch 1: 0\\.\\d{4}\nepoch 2: 0\\..*of 10000 strokes images\n"),
        trained);
    String cancelled = run(1, "TrainModel", config.toString(), "cancelled", "0");
    assertTrue(cancelled.contains("CancellationException: interrupted in epoch 1"), cancelled);

    Path photo = Path.of("docs/predict.png").toAbsolutePath();
    String read = run("ReadPhoto", "run/model.zip", photo.toString());
    List<String> lines = read.lines().toList();
    assertTrue(lines.get(0).matches("\\d [01]\\.\\d{4} at \\d+,\\d+"), read);
    assertTrue(lines.get(lines.size() - 1).startsWith("["), read);

    Path sweep = directory.resolve("my-sweep.yaml");
    Files.writeString(
        sweep,
        "base: small.yaml\ntrials: 2\nspace:\n  model.layers.0.dense.units: {int: [8, 32]}\n");
    String found = run("SearchSettings", sweep.toString(), "found");
    assertTrue(found.matches("\\{model.layers.0.dense.units=\\d+\\}: 0\\.\\d{4}\n"), found);
  }

  /** The names of the jar's manifest, which other builds rely on. */
  @Test
  void manifestNamesTheModuleAndTheApi() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertEquals("io.mnist4j.api", jar.getManifest().getMainAttributes().getValue("Mnist4j-Api"));
    }
    assertTrue(ModuleFinder.of(JAR).find("io.mnist4j").isPresent());
  }

  /** In a folder of their own that sees the checkout. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a block for bash")
  void theCommandsOfThePageWork() throws Exception {
    for (String part : List.of("scripts", "docs", "target")) {
      Files.createSymbolicLink(directory.resolve(part), Path.of(part).toAbsolutePath());
    }
    String page = Files.readString(Path.of("docs/how-to/java.md"));
    Matcher block = Pattern.compile("(?s)```sh\n(.*?)```").matcher(page);
    assertTrue(block.find());
    Mnist4jProcess.count("example");
    Process process =
        new ProcessBuilder("bash", "-e", "-c", block.group(1))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said.txt").toFile())
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    String said = Files.readString(directory.resolve("said.txt"));
    assertEquals(0, process.exitValue(), said);
    assertTrue(said.matches("(?s).*Test accuracy: .*\\d 0\\.\\d{4} at \\d+,\\d+\n.*\\]\n"), said);
    for (String part : List.of("scripts", "docs", "target")) {
      Files.delete(directory.resolve(part));
    }
  }

  private String run(String example, String... arguments) throws Exception {
    return run(0, example, arguments);
  }

  private String run(int exitCode, String example, String... arguments)
      throws IOException, InterruptedException {
    Path source = Path.of("docs/examples", example + ".java");
    long lines = Files.readString(source).lines().count();
    assertTrue(lines <= MAX_LINES, example + ": " + lines + " lines");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                JAR.toString(),
                "-d",
                directory.toString(),
                source.toString());
    assertEquals(0, compiled, example);
    Mnist4jProcess.count("example");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp"));
    command.add(JAR + System.getProperty("path.separator") + directory);
    command.add(example);
    command.addAll(List.of(arguments));
    Path output = directory.resolve(example + ".txt");
    Path errors = directory.resolve(example + "-errors.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), example);
    String said = Files.readString(errors);
    assertEquals(exitCode, process.exitValue(), said);
    assertFalse(said.contains("INFO"), said);
    return exitCode == 0 ? Files.readString(output) : said;
  }
}
