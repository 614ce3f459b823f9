package io.mnist4j.run.repeat;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.files.FileProblem;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The folder of several runs that differ in their seeds alone: each has a folder of its own in it,
 * named by its number from 1. {@code config.yaml} is the experiment of the first, and {@code
 * repeat.json} says how many there are to be, and in the end what they came to.
 *
 * @param path of the folder
 */
public record RepeatFolder(Path path) {
  /** What {@code repeat.json} says before the last run has ended. */
  record RepeatCount(int repeats) {}

  /** Whether there are such runs in a folder. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(new RepeatFolder(folder).summary());
  }

  /** The experiment, complete, with the seed of the first run. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The number of runs, and their results. */
  public Path summary() {
    return path.resolve(RunFolder.REPEATS);
  }

  /** One of the runs. */
  public RunFolder run(int number) {
    return RunFolder.of(path.resolve(String.valueOf(number)));
  }

  /** The runs that have begun. */
  public List<RunFolder> runs() throws RunFolderException {
    return IntStream.rangeClosed(1, count())
        .mapToObj(this::run)
        .filter(run -> Files.exists(run.config()))
        .toList();
  }

  /** Fills a folder that is new. */
  static AtomicFile.ContentWriter begun(Experiment first, int repeats) {
    return folder -> {
      RepeatFolder all = new RepeatFolder(folder);
      AtomicFile.write(all.config(), ExperimentFile.toYaml(first));
      all.writeCount(repeats);
    };
  }

  void writeCount(int repeats) throws IOException {
    AtomicFile.write(summary(), Json.pretty(new RepeatCount(repeats)));
  }

  /**
   * How many runs there are to be.
   *
   * @throws RunFolderException if {@code repeat.json} is damaged
   */
  int count() throws RunFolderException {
    try {
      int repeats = Json.parse(Files.readString(summary())).path("repeats").asInt();
      if (repeats < 1) {
        throw new RunFolderException(summary() + ": lacks \"repeats\", a number from 1");
      }
      return repeats;
    } catch (IOException e) {
      throw new RunFolderException(
          "cannot read %s: %s".formatted(summary(), FileProblem.reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(summary() + " " + e.getMessage(), e);
    }
  }
}
