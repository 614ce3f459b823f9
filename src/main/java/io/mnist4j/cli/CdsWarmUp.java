package io.mnist4j.cli;

import io.mnist4j.cli.terminal.Logging;
import io.mnist4j.errors.ExitCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Does once, with a handful of images, what the commands do. The launcher runs it after a build and
 * has the JVM keep the classes that it saw in an archive, from which later starts take them.
 */
final class CdsWarmUp {
  private static final int SIDE = 28;
  private static final int IMAGES = 200;
  private static final int CLASSES = 10;

  private CdsWarmUp() {}

  /** Works in the folder that it is given; what it prints is of no use. */
  public static void main(String[] args) throws IOException {
    Logging.configure(args);
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (String part : List.of("train", "t10k")) {
      write(folder.resolve(part + "-images-idx3-ubyte.gz"), 0x803, IMAGES, SIDE, SIDE);
      write(folder.resolve(part + "-labels-idx1-ubyte.gz"), 0x801, IMAGES);
    }
    run(ExitCode.OK, "--version");
    run(ExitCode.USAGE, "train", "--epoch", "2");
    // Not MNIST, which is found out as for the real one.
    run(ExitCode.DATA, "data", "verify", "mnist", "--data-dir", args[0]);
    run(
        ExitCode.OK,
        "train",
        "--backend",
        "cpu",
        "--dataset",
        args[0],
        "--epochs",
        "2",
        "--output",
        args[0],
        "--name",
        "run");
    run(ExitCode.OK, "evaluate", folder.resolve("run/model.zip").toString(), "--backend", "cpu");
  }

  private static void run(ExitCode expected, String... args) {
    int exitCode = Main.run(args, System.in, System.out, System.err);
    if (exitCode != expected.value) {
      throw new IllegalStateException(args[0] + " ended with " + exitCode);
    }
  }

  /** An IDX file of labels that count through the classes, or of images with a pattern. */
  private static void write(Path file, int magic, int... dimensions) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(magic);
      int bytes = 1;
      for (int dimension : dimensions) {
        out.writeInt(dimension);
        bytes *= dimension;
      }
      for (int i = 0; i < bytes; i++) {
        // Mostly paper, as in handwriting: such images are learned from in a way of their own.
        out.write(dimensions.length == 1 || i % 5 == 0 ? i % CLASSES : 0);
      }
    }
  }
}
