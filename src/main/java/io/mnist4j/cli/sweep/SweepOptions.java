package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.OptionGroup;
import io.mnist4j.cli.options.OtherSpellings;
import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.run.ConfigFiles;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What goes over a sweep file, and where the sweep's files go. */
final class SweepOptions extends OptionGroup {
  static final String GOES_ON_AS_BEGUN =
      "--resume goes on with the sweep as it was begun; leave --output, --name, --seed, --repeat,"
          + " --set and KEY=VALUE out";

  @Parameters(
      paramLabel = "FILE",
      index = "0",
      arity = "0..1",
      description =
          "What is searched (YAML); see configs/sweeps/mlp.yaml, which a --time-limit alone"
              + " searches.")
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder of all sweeps (default: sweeps).")
  private Path output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The sweep's folder in it, a new one (default: FILE-NUMBER).")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides any key of the experiment that is varied, such as training.epochs=3; may be "
              + "repeated.")
  private List<String> experimentSettings = List.of();

  @Parameters(
      paramLabel = "KEY=VALUE",
      index = "1..*",
      arity = "0..*",
      description = "The same as --set KEY=VALUE, and goes over it.")
  private List<String> arguments = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Of the choices.")
  private String seed;

  @Option(names = "--trials", paramLabel = "N", description = "How many trials; 0 for no limit.")
  private String trials;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "No trial begins after it: 90s, 20m or 1h30m.")
  private String timeLimit;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Trials at once, or auto: one on each core, as far as memory allows.")
  private String parallel;

  @Option(names = "--threads", paramLabel = "N", description = "Threads of each trial.")
  private String threads;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "More tries of a trial that failed by no fault of its settings.")
  private String retries;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Trainings of each trial, with one seed after another; their mean counts.")
  private String repeats;

  /** The sweep file; null where none was named. */
  public Path file() {
    return file == null ? null : ConfigFiles.findSweep(file);
  }

  /** What is searched where a time limit is all that was given: what comes with the program. */
  void takeShipped() {
    Path shipped = ConfigFiles.findSweep(Path.of("mlp"));
    if (fileIsSetting() && timeLimit != null) {
      throw wrong("without a FILE, settings of the experiment are given by --set KEY=VALUE");
    }
    if (file == null && timeLimit != null && Files.exists(shipped)) {
      file = shipped;
      trials = trials == null ? "0" : trials;
    }
  }

  /** Whether a setting stands where the sweep file should. */
  boolean fileIsSetting() {
    return file != null && OtherSpellings.isSetting(file.getFileName().toString());
  }

  /** The sweep file, for a command that cannot do without. */
  public Path requiredFile() {
    if (file == null) {
      throw wrong("FILE is missing");
    }
    return file();
  }

  /** Over the sweep file. */
  public List<Setting> sweepSettings() {
    List<Setting> all = new ArrayList<>();
    add(all, "seed", seed, "--seed");
    add(all, "repeats", repeats, "--repeat");
    all.addAll(settingsThatMayChange());
    return all;
  }

  private List<Setting> settingsThatMayChange() {
    List<Setting> all = new ArrayList<>();
    add(all, "trials", trials, "--trials");
    add(all, "time-limit", timeLimit, "--time-limit");
    add(all, "parallel", parallel, "--parallel");
    add(all, "threads", threads, "--threads");
    add(all, "retries", retries, "--retries");
    return all;
  }

  /** Over a sweep that has begun. */
  public List<Setting> settingsToGoOnWith() {
    boolean changes = !experimentSettings.isEmpty() || !arguments.isEmpty();
    if (output != null || name != null || seed != null || repeats != null || changes) {
      throw wrong(GOES_ON_AS_BEGUN);
    }
    return settingsThatMayChange();
  }

  /** Over the experiment that is varied. */
  public List<Setting> experimentSettings() {
    List<Setting> all = settings(experimentSettings);
    all.addAll(arguments(arguments));
    return all;
  }

  /** Begins the sweep in a folder of its own. */
  public SweepFolder begin(Sweep sweep) throws IOException, RunFolderException, ConfigException {
    Path sweeps = output == null ? context().directory().resolve("sweeps") : output;
    if (name == null) {
      return SweepFolder.createNext(sweeps, ConfigFiles.name(file), sweep);
    }
    try {
      return SweepFolder.create(sweeps, name, sweep);
    } catch (FileAlreadyExistsException e) {
      throw taken(e, "--resume it");
    } catch (IllegalArgumentException e) {
      throw wrong("--name: " + e.getMessage());
    }
  }
}
