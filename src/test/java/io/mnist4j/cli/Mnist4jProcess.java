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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program as a process of its own, as a shell would, and keeps all that comes out. For
 * signals, streams, variables and limits: what needs none of these is a {@link CommandLineRun}.
 */
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

  /** Takes note of a JVM that a test starts: {@code .ci/run} shows how many there were. */
  public static synchronized void count(String what) throws IOException {
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("jvm-starts.txt"),
        what + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Starts the program without waiting for it; its output goes to files in the directory. */
  public Process start(String... args) throws IOException {
    List<String> command = command();
    command.addAll(List.of(args));
    return start(command);
  }

  private Process start(List<String> command) throws IOException {
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

  /** What starts the program once; its arguments follow. */
  public List<String> command() throws IOException {
    return command(Main.class);
  }

  private List<String> command(Class<?> main) throws IOException {
    count("program");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    // Compiling well takes longer than what there is to compute.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.addAll(quietFlags());
    command.addAll(jvmFlags);
    command.add("-cp");
    StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
    libraries.forEach(jar -> classPath.append(File.pathSeparatorChar).append(jar));
    command.add(classPath.toString());
    command.add(main.getName());
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
    int exitCode = finish(start(args));
    return new Result(exitCode, read("stdout.txt"), read("stderr.txt"));
  }

  /**
   * Runs several command lines in one process, one after the other. What libraries log is in {@code
   * stderr.txt} of the directory.
   */
  public List<Result> runAll(List<List<String>> lines) throws IOException, InterruptedException {
    return finishAll(startAll(lines), lines.size());
  }

  /** As {@link #runAll}, without waiting for the end. */
  public Process startAll(List<List<String>> lines) throws IOException {
    return start(commandOfAll(lines));
  }

  /** What starts one process for several command lines; {@link #finishAll} has the results. */
  public List<String> commandOfAll(List<List<String>> lines) throws IOException {
    List<String> command = command(CommandLines.class);
    Path folder = Files.createDirectories(directory.resolve("lines"));
    for (int i = 0; i < lines.size(); i++) {
      Files.write(folder.resolve(i + ".args"), lines.get(i));
    }
    command.add(folder.toString());
    return command;
  }

  /** Waits for the process that {@link #commandOfAll} starts. */
  public List<Result> finishAll(Process process, int lines)
      throws IOException, InterruptedException {
    assertEquals(0, finish(process), read("stderr.txt"));
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      results.add(
          new Result(
              Integer.parseInt(read("lines/" + i + ".exit")),
              read("lines/" + i + ".out"),
              read("lines/" + i + ".err")));
    }
    return results;
  }

  private static int finish(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("still running after 3 minutes: " + process.info());
    }
    return process.exitValue();
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
