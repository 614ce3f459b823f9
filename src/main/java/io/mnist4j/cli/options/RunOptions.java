package io.mnist4j.cli.options;

import io.mnist4j.files.AtomicFile;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a run's files go, or which run goes on. */
public final class RunOptions extends OptionGroup {
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
    Path runs = output == null ? context().directory().resolve("runs") : output;
    // A run that is killed at once can go on, too.
    AtomicFile.ContentWriter config =
        folder ->
            AtomicFile.write(RunFolder.of(folder).config(), ExperimentFile.toYaml(experiment));
    if (name == null) {
      return RunFolder.createNext(runs, defaultName, config);
    }
    try {
      return existOk ? RunFolder.replace(runs, name, config) : RunFolder.create(runs, name, config);
    } catch (FileAlreadyExistsException e) {
      throw wrong(
          e.getFile() + " exists already; choose another --name, or --exist-ok to replace it");
    } catch (IllegalArgumentException e) {
      throw wrong("--name: " + e.getMessage());
    }
  }
}
