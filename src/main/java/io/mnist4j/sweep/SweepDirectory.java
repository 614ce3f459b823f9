package io.mnist4j.sweep;

import io.mnist4j.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one sweep, and the names of the files in it.
 *
 * @param path of the folder
 */
public record SweepDirectory(Path path) {

  /** Whether there is a sweep in the folder. */
  public static boolean isSweep(Path folder) {
    return Files.isRegularFile(new SweepDirectory(folder).journal());
  }

  /** What is searched, complete but for the base. */
  public Path sweep() {
    return path.resolve("sweep.yaml");
  }

  /** The experiment that is varied, complete. */
  public Path base() {
    return path.resolve("base.yaml");
  }

  /** All that has happened, a line each. */
  public Path journal() {
    return path.resolve("journal.jsonl");
  }

  /** A line for each trial, the best first. */
  public Path leaderboard() {
    return path.resolve("leaderboard.csv");
  }

  /** The best trial's experiment, to learn from all training images. */
  public Path best() {
    return path.resolve("best.yaml");
  }

  /** The network that it came to. */
  public Path model() {
    return path.resolve("model.zip");
  }

  /** The page that shows the sweep. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The run that makes the network, while it lasts. */
  public RunFolder last() {
    return RunFolder.of(path.resolve("final"));
  }

  /** The experiment and the epochs of a trial. */
  public RunFolder trial(int number) {
    return RunFolder.of(path.resolve("trials").resolve(String.valueOf(number)));
  }
}
