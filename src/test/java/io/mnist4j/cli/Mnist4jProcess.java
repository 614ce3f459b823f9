package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the program as a process of its own, as a shell would, and keeps all that comes out. */
public final class Mnist4jProcess {
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> jvmFlags = new ArrayList<>();
  private final List<Path> libraries = new ArrayList<>();
  private final Path directory;
  private Path input;

  /**
   * @param directory the working directory; HOME lies there too, so that no test sees this
   *     machine's data
   */
  public Mnist4jProcess(Path directory) {
    this.directory = directory;
  }

  /** Adds a variable to the process's otherwise inherited environment. */
  public Mnist4jProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Adds a flag of the JVM, such as {@code -Dname=value}. */
  public Mnist4jProcess jvmFlag(String flag) {
    jvmFlags.add(flag);
    return this;
  }

  /** Lets the process read a file as its standard input, which is a silent pipe otherwise. */
  public Mnist4jProcess input(Path file) {
    input = file;
    return this;
  }

  /** Adds a jar to the class path. */
  public Mnist4jProcess library(Path jar) {
    libraries.add(jar.toAbsolutePath());
    return this;
  }

  /** Starts the program without waiting for it; its output goes to files in the directory. */
  public Process start(String... args) throws IOException {
    List<String> command = command();
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(input == null ? Redirect.PIPE : Redirect.from(input.toFile()))
            .redirectOutput(directory.resolve("stdout.txt").toFile())
            .redirectError(directory.resolve("stderr.txt").toFile());
    builder.environment().remove("MNIST4J_DATA");
    builder.environment().remove("MNIST4J_BACKEND");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What starts the program; its arguments follow. */
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.addAll(quietFlags());
    command.addAll(jvmFlags);
    command.add("-cp");
    StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
    libraries.forEach(jar -> classPath.append(File.pathSeparatorChar).append(jar));
    command.add(classPath.toString());
    command.add("io.mnist4j.cli.Main");
    return command;
  }

  /** What the build gives a test's own JVM where its JDK would warn about natives otherwise. */
  private static List<String> quietFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .toList();
  }

  /** Runs the program to its end. */
  public Result run(String... args) throws IOException, InterruptedException {
    Process process = start(args);
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("still running after 3 minutes: " + String.join(" ", args));
    }
    return new Result(process.exitValue(), read("stdout.txt"), read("stderr.txt"));
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
  }

  /** What a finished process left. */
  public record Result(int exitCode, String stdout, String stderr) {}

  /** One line on stderr, nothing on stdout. */
  public static void assertRefused(Result result, int exitCode, String expected) {
    assertEquals(exitCode, result.exitCode(), result.stderr());
    assertEquals("", result.stdout());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
    assertTrue(result.stderr().startsWith("mnist4j: "), result.stderr());
    assertTrue(result.stderr().contains(expected), result.stderr());
  }
}
