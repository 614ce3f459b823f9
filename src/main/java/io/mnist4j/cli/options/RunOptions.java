package io.mnist4j.cli.options;

import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.repeat.RepeatFolder;
import io.mnist4j.train.RaisedCourse;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a run's files go, or which run goes on. */
public final class RunOptions extends OptionGroup {
  private static final int MOST_REPEATS = 1000;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder of all runs (default: runs).")
  private Path output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The run's folder in it, a new one (default: CONFIG-DATASET-NUMBER).")
  private String name;

  @Option(names = "--exist-ok", description = "With --name: a run of that name is replaced.")
  private boolean existOk;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Goes on with the run in this folder, or of this model, to the same bits as if it had never been cut. Its"
              + " settings stay; --epochs may be raised, and --dataset may say where its data is"
              + " now.")
  private Path resume;

  @Option(
      names = "--raise",
      paramLabel = "COURSE",
      description =
          "With --resume and more --epochs, how the learning rate goes on: replan (the default), as in a"
              + " run of so many epochs at this point; flat, as in the last step; restart, the schedule"
              + " anew over the epochs that are left.")
  private RaisedCourse raised;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "Trains N times, with the seeds from --seed on, and tells mean and standard deviation;"
              + " each run has a folder of its own in the run's.")
  private Integer repeats;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "Seconds between two checkpoints within an epoch, besides the one after each epoch; 0 for"
              + " none (default: ${DEFAULT-VALUE}).")
  private double checkpointSeconds;

  /** The folder of the run that goes on; null for a new run. */
  public Path resume() {
    if (resume != null && (output != null || name != null || existOk)) {
      throw wrong(
          "--resume goes on in the run's own folder; leave --output, --name and --exist-ok out");
    }
    if (existOk && name == null) {
      throw wrong("--exist-ok needs the --name of the run that is to be replaced");
    }
    return resume == null ? null : RunFolder.pathOf(resume);
  }

  /** How the learning rate goes on where epochs are raised; empty where nothing is asked for. */
  Optional<RaisedCourse> raised() {
    if (raised != null && resume == null) {
      throw wrong("--raise is for a run that goes on with more epochs; it needs --resume");
    }
    return Optional.ofNullable(raised);
  }

  public double checkpointSeconds() {
    if (!(checkpointSeconds >= 0)) {
      throw wrong("--checkpoint-every must be at least 0, not " + checkpointSeconds);
    }
    return checkpointSeconds;
  }

  /**
   * The run's folder, made where it is a new one.
   *
   * @param experiment of the run
   * @param defaultName what a number is added to
   */
  public RunFolder directory(Experiment experiment, String defaultName) throws IOException {
    if (resume != null) {
      return RunFolder.of(RunFolder.pathOf(resume));
    }
    // A run that is killed at once can go on, too.
    return newFolder(defaultName, RunFolder.begun(experiment));
  }

  private RunFolder newFolder(String defaultName, AtomicFile.ContentWriter content)
      throws IOException {
    Path runs = output == null ? context().directory().resolve("runs") : output;
    if (name == null) {
      return RunFolder.createNext(runs, defaultName, content);
    }
    try {
      return existOk
          ? RunFolder.replace(runs, name, content)
          : RunFolder.create(runs, name, content);
    } catch (FileAlreadyExistsException e) {
      throw taken(e, "--exist-ok to replace it");
    } catch (IllegalArgumentException e) {
      throw wrong("--name: " + e.getMessage());
    }
  }

  /** How many runs with other seeds are asked for; 0 for a single one. */
  int repeats() {
    if (repeats == null) {
      return 0;
    }
    if (repeats < 2 || repeats > MOST_REPEATS) {
      throw wrong("--repeat must be 2 to %d, not %d".formatted(MOST_REPEATS, repeats));
    }
    if (existOk) {
      throw wrong("--repeat begins in a new folder; leave --exist-ok out");
    }
    return repeats;
  }

  /** Makes the folder of runs that differ in their seeds. */
  RepeatFolder repeatFolder(String defaultName, AtomicFile.ContentWriter content)
      throws IOException {
    return new RepeatFolder(newFolder(defaultName, content).path());
  }
}
