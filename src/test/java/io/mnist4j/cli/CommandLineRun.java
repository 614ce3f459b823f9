package io.mnist4j.cli;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.cli.terminal.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a command line in the JVM of the test, which takes a hundredth of the time that a {@link
 * Mnist4jProcess} takes, and keeps all that it prints. Built and asked as that class is.
 *
 * <p>A JVM cannot change its working directory. So relative paths on the command line are resolved
 * against the directory of the run, the default folders {@code runs}, {@code sweeps} and {@code
 * comparison} too, and the directory is taken out of what is printed again: {@code train --name a}
 * prints {@code runs/a}. Files that the command writes, such as config.yaml and JSON, hold the
 * absolute paths, and relative paths inside of config files are not resolved.
 *
 * <p>A test needs a process of its own if it is about signals, about memory and other flags of the
 * JVM, about {@code OMP_*} and other variables that a native library reads, about the properties of
 * JavaCPP, the log lines of libraries ({@code --verbose}), or about the true streams.
 */
public final class CommandLineRun {
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private final Map<String, String> properties = new HashMap<>();
  private final Path directory;
  private Path input;

  /**
   * @param directory stands for the working directory; HOME lies there too, so that no test sees
   *     this machine's data
   */
  public CommandLineRun(Path directory) {
    this.directory = directory.toAbsolutePath();
    environment.keySet().removeAll(List.of("MNIST4J_DATA", "MNIST4J_BACKEND"));
    environment.put("HOME", this.directory.toString());
  }

  /** Adds a variable to the otherwise inherited environment. */
  public CommandLineRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Sets a property of the JVM for the time of the run.
   *
   * @param flag {@code -Dname=value}; other flags need a process
   */
  public CommandLineRun jvmFlag(String flag) {
    if (!flag.startsWith("-D") || flag.startsWith("-Dorg.bytedeco.")) {
      throw new IllegalArgumentException("needs a process: " + flag);
    }
    String[] property = flag.substring(2).split("=", 2);
    properties.put(property[0], property[1]);
    return this;
  }

  /** Lets the command read a file as its standard input, which is empty otherwise. */
  public CommandLineRun input(Path file) {
    input = file;
    return this;
  }

  /** Runs the command line to its end. */
  public Result run(String... args) throws IOException {
    Map<String, String> before = new HashMap<>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (InputStream in =
            input == null ? InputStream.nullInputStream() : Files.newInputStream(input);
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      CommandContext context = new CommandContext(in, outStream, errStream, environment, directory);
      exitCode = Main.run(context, resolved(args));
    } finally {
      before.forEach(CommandLineRun::restore);
    }
    return new Result(exitCode, text(out), text(err));
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  /** What is printed, with paths as they would be in a process that worked in the directory. */
  private String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(directory + File.separator, "");
  }

  /**
   * The program itself resolves what is a path by its type. Data sets and pictures are words that
   * may be paths: they are if there is such a file, and patterns always are.
   */
  private String[] resolved(String... args) {
    String[] resolved = args.clone();
    for (int i = 1; i < args.length; i++) {
      boolean mayBePath =
          args[i - 1].equals("--dataset")
              || args[0].equals("predict")
              || (args[0].equals("explain") && i > 1)
              || (args[0].equals("data") && i == 2);
      if (mayBePath && isPath(args[i])) {
        resolved[i] = directory.resolve(args[i]).toString();
      }
    }
    return resolved;
  }

  private boolean isPath(String word) {
    return !word.isEmpty()
        && !word.startsWith("-")
        && (word.contains("*") || Files.exists(directory.resolve(word)));
  }
}
