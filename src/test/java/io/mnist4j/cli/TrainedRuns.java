package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.store.RealMnist;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/** Runs of the default network that many tests need; each is trained once in a JVM. */
public final class TrainedRuns {
  private static Path strokes;
  private static Path mnist;

  private TrainedRuns() {}

  /**
   * A folder whose {@code runs/m} learned the embedded digits for two epochs.
   *
   * @return the folder, in which nothing may be changed
   */
  public static synchronized Path strokes() throws IOException {
    if (strokes == null) {
      strokes = train("--dataset", "strokes", "--epochs", "2", "--no-report");
    }
    return strokes;
  }

  /** The model of {@link #strokes}. */
  public static Path strokesModel() throws IOException {
    return strokes().resolve("runs/m/model.zip");
  }

  /** A folder whose {@code runs/m} learned the real MNIST with the defaults alone. */
  public static synchronized Path mnist() throws IOException {
    if (mnist == null) {
      mnist = train("--dataset", "mnist");
    }
    return mnist;
  }

  private static Path train(String... options) throws IOException {
    Path folder = Files.createTempDirectory("trained-runs-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    String[] all = new String[options.length + 3];
    all[0] = "train";
    System.arraycopy(options, 0, all, 1, options.length);
    all[options.length + 1] = "--name";
    all[options.length + 2] = "m";
    CommandLineRun program = new CommandLineRun(folder);
    if (RealMnist.isPresent()) {
      program.environment("MNIST4J_DATA", RealMnist.folder().toAbsolutePath().toString());
    }
    Result trained = program.run(all);
    assertEquals(0, trained.exitCode(), trained.stderr());
    return folder;
  }

  private static void delete(Path folder) {
    try {
      PathUtils.deleteDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
