package io.mnist4j.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One call of a checkout's launcher, in an environment that this machine's user does not shape. */
final class Launcher {
  static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  private static final List<String> CLEARED =
      List.of(
          "COLUMNS",
          "JAVA_HOME",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "MAVEN_HOME",
          "MNIST4J_BACKEND",
          "MNIST4J_CUDA_FLAGS",
          "MNIST4J_DATA",
          "MNIST4J_HEAP",
          "MNIST4J_JAVA_OPTS",
          "MNIST4J_NATIVES_EXTENSION",
          "MNIST4J_OFF_HEAP",
          "MNIST4J_SPARK",
          "MNIST4J_THREADS",
          "OMP_NUM_THREADS",
          "OMP_WAIT_POLICY");

  private final Map<String, String> environment = new HashMap<>();
  private final Path script;
  private final Path directory;
  private final Path outputs;

  /**
   * @param script the launcher, or a link to it
   * @param directory where it is called
   */
  Launcher(Path script, Path directory) throws IOException {
    this.script = script;
    this.directory = directory;
    this.outputs = Files.createTempDirectory(scratch(), "streams-");
  }

  /** The launcher of the checkout that is being tested, whose target/ Maven has just filled. */
  static Path ofThisCheckout() {
    return Path.of("scripts", WINDOWS ? "mnist4j.cmd" : "mnist4j").toAbsolutePath();
  }

  /** A folder that {@code mvn clean} removes. */
  static Path scratch() throws IOException {
    return Files.createDirectories(Path.of("target", "launcher-it").toAbsolutePath());
  }

  Launcher environment(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  /** Each JVM that the script starts leaves an empty file, so that they can be counted. */
  Launcher counted() throws IOException {
    Path starts = Files.createDirectories(Path.of("target", "jvm-starts").toAbsolutePath());
    // The variable is split at spaces.
    return starts.toString().contains(" ")
        ? this
        : environment("MNIST4J_JAVA_OPTS", "-Xlog:cds=error:file=" + starts.resolve("%p"));
  }

  Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(outputs.resolve("stdin").toFile())
            .redirectOutput(outputs.resolve("stdout").toFile())
            .redirectError(outputs.resolve("stderr").toFile());
    Files.writeString(outputs.resolve("stdin"), "what stands in stdin\n");
    builder.environment().keySet().removeAll(CLEARED);
    builder.environment().putAll(environment);
    return builder.start();
  }

  Result run(String... args) throws IOException, InterruptedException {
    return finish(start(args));
  }

  /** Waits for what {@link #start} started. */
  Result finish(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("still running after two minutes");
    }
    return new Result(process.exitValue(), read("stdout"), read("stderr"));
  }

  String stderr() {
    return read("stderr");
  }

  private String read(String stream) {
    try {
      return Files.readString(outputs.resolve(stream)).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a finished call left. */
  record Result(int exitCode, String stdout, String stderr) {}
}
