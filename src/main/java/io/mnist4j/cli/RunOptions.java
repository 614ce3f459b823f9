package io.mnist4j.cli;

import io.mnist4j.train.RunDirectory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a run's files go, or which run goes on. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @ArgGroup private final Place place = new Place();

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "Seconds between two checkpoints within an epoch, besides the one after each epoch; 0 for "
              + "none (default: ${DEFAULT-VALUE}).")
  private double checkpointSeconds;

  /** A new run or an old one. */
  private static final class Place {
    @Option(
        names = "--resume",
        paramLabel = "RUN",
        description =
            "Goes on with the run in this folder, to the same bits as if it had never been cut. Its "
                + "settings stay; --epochs may be raised.")
    private Path resume;

    @ArgGroup(exclusive = false)
    private final NewRun newRun = new NewRun();
  }

  /** The folder of a new run. */
  private static final class NewRun {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "DIR",
        defaultValue = "runs",
        description = "The folder of all runs (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("runs");

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "The run's folder in it, a new one (default: CONFIG-DATASET-NUMBER).")
    private String name;

    @Option(names = "--exist-ok", description = "With --name: a run of that name is replaced.")
    private boolean existOk;
  }

  /** The folder of the run that goes on; null for a new run. */
  Path resume() {
    return place.resume;
  }

  double checkpointSeconds() {
    return checkpointSeconds;
  }

  /**
   * The run's folder, made where it is a new one.
   *
   * @param defaultName what a number is added to
   */
  RunDirectory directory(String defaultName) throws IOException {
    if (place.resume != null) {
      return RunDirectory.of(place.resume);
    }
    NewRun run = place.newRun;
    if (run.name == null) {
      return RunDirectory.createNext(run.output, defaultName);
    }
    try {
      return run.existOk
          ? RunDirectory.replace(run.output, run.name)
          : RunDirectory.create(run.output, run.name);
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(
          command.commandLine(),
          e.getFile() + " exists already; choose another --name, or --exist-ok to replace it");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--name: " + e.getMessage());
    }
  }
}
