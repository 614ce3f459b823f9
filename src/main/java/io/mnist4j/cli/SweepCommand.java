package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.ClusterOptions;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.SweepOptions;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.FinalTrainingProgress;
import io.mnist4j.cli.terminal.StopSignal;
import io.mnist4j.cli.terminal.SweepProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.SweepText;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.DryRun;
import io.mnist4j.sweep.FinalTraining;
import io.mnist4j.sweep.SpaceCheck;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepRun;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.workers.Cluster;
import io.mnist4j.sweep.workers.ConcurrencyLimit;
import io.mnist4j.sweep.workers.LocalWorkers;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialRunner;
import io.mnist4j.sweep.workers.TrialWorkers;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j sweep}. */
@Command(
    name = "sweep",
    description = "Searches the settings of an experiment for the best ones.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SweepCreateCommand.class,
      SweepAskCommand.class,
      SweepTellCommand.class,
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j sweep configs/sweeps/mlp.yaml",
      "  mnist4j sweep configs/sweeps/mlp.yaml --trials 100 --parallel 2 --name long",
      "  mnist4j sweep configs/sweeps/mlp.yaml --dry-run   what would be tried",
      "  mnist4j sweep --resume sweeps/long --trials 200   go on, where it was cut or ended",
      "  mnist4j sweep configs/sweeps/mlp.yaml --master spark://host:7077   on a Spark cluster",
      "",
      "Trials are judged by a part of the training images. At the end the best settings are trained"
          + " on",
      "all of them, and tested once. Ctrl-C lets the running trials end and begins no more; twice,"
          + " it",
      "leaves at once. Either way --resume goes on.",
    })
final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "What is searched (YAML); see configs/sweeps/mlp.yaml.")
  private Path file;

  @Option(
      names = "--resume",
      paramLabel = "SWEEP",
      description =
          "Goes on with the sweep in this folder: no trial that has ended runs again. --trials, "
              + "--time-limit, --parallel, --threads and --retries may be changed.")
  private Path resume;

  @Option(
      names = "--dry-run",
      description = "Checks the file, prints all trials of a grid or ten by chance, and ends.")
  private boolean dryRun;

  @Mixin private SweepOptions options;
  @Mixin private ClusterOptions cluster;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Option(names = "--no-report", description = "Leaves out report.html, which shows the sweep.")
  private boolean noReport;

  @Override
  public Integer call() throws Exception {
    if ((file == null) == (resume == null)) {
      throw new ParameterException(
          spec.commandLine(),
          file == null
              ? "a sweep file is missing, or the --resume of a sweep"
              : "--resume goes on with the sweep in its folder; leave the file out");
    }
    Sweep sweep =
        resume == null
            ? Sweep.read(file, options.sweepSettings(), options.experimentSettings())
            : SweepFolder.read(resume, options.settingsToGoOnWith());
    List<Experiment> tried = SpaceCheck.experiments(sweep);
    if (dryRun) {
      DryRun trials = DryRun.of(sweep);
      return print(format.isJson() ? trials.toJson() : trials.toText());
    }
    Console console = new Console(spec, verbosity);
    Optional<Cluster> others = cluster.cluster();
    Backend backend = Backend.cpu();
    DatasetChoice choice;
    try (DataFetchProgress progress = new DataFetchProgress(console)) {
      choice = DatasetChoice.load(sweep.base().data(), dataDir.store(), progress);
    }
    choice.fallbackReason().ifPresent(console::warnOfStrokes);
    TrialImages images = new TrialImages(choice.dataset());
    backend.start();
    try (TrialWorkers workers =
            others.isPresent()
                ? others.get().connect(nameForOthers(), sweep.settings(), choice.dataset())
                : new LocalWorkers(
                    ConcurrencyLimit.trialsAtOnce(sweep.settings(), tried, images),
                    new TrialRunner(images, backend));
        SweepFolder begun =
            resume == null ? options.begin(sweep, file) : SweepFolder.open(resume, sweep, false)) {
      return run(begun.on(choice.dataset()), images, backend, workers, console);
    }
  }

  private String nameForOthers() {
    return String.valueOf((resume == null ? file : resume).getFileName());
  }

  private int run(
      SweepFolder folder,
      TrialImages images,
      Backend backend,
      TrialWorkers workers,
      Console console)
      throws Exception {
    if (folder.isFinished()) {
      console.line(
          "%s is finished: there is nothing to go on with; raise --trials or --time-limit for more"
              .formatted(folder.directory().path()));
      return finish(folder, console);
    }
    console.line(SweepText.of(folder, images.of(folder.sweep().base()), workers.count()));
    try (StopSignal signal = new StopSignal()) {
      try {
        if (!runTrials(folder, workers, signal, console)) {
          return interrupted(folder, signal, console);
        }
      } catch (WorkersException e) {
        throw new WorkersException(
            "%s; go on with: mnist4j sweep --resume %s"
                .formatted(e.getMessage(), folder.directory().path()),
            e);
      }
      Optional<Trial> best = folder.summary().best();
      if (best.isPresent() && !folder.lastTrainingIsDone()) {
        FinalTraining finalTraining =
            new FinalTraining(
                folder.sweep(), folder.directory(), folder.journal(), best.get(), images);
        console.line(SweepText.of(finalTraining, best.get()));
        try (FinalTrainingProgress progress =
            new FinalTrainingProgress(console, finalTraining.experiment().training().epochs())) {
          finalTraining.run(backend, tuner(), progress, signal);
        } catch (TrainingInterruptedException e) {
          return interrupted(folder, signal, console);
        }
      }
    }
    return finish(folder, console);
  }

  private boolean runTrials(
      SweepFolder folder, TrialWorkers workers, StopSignal signal, Console console)
      throws Exception {
    try (SweepProgress progress =
        new SweepProgress(console, folder.sweep(), workers.count(), signal)) {
      return new SweepRun(
              folder.sweep(), folder.directory(), folder.journal(), workers, progress, progress)
          .run();
    }
  }

  private static ThreadTuner tuner() {
    return ThreadTuner.automatic(Runtime.getRuntime().availableProcessors());
  }

  private int interrupted(SweepFolder folder, StopSignal signal, Console console) {
    console.error(
        "interrupted after %s; go on with: mnist4j sweep --resume %s"
            .formatted(SweepText.counts(folder.summary()), folder.directory().path()));
    return signal.exitCode();
  }

  private int finish(SweepFolder folder, Console console) throws Exception {
    SweepSummary summary = folder.summary();
    if (!noReport) {
      console.line("Report: " + Reports.writePage(summary));
    }
    print(format.isJson() ? summary.toJson() : SweepText.of(summary));
    if (summary.best().isPresent()) {
      return ExitCode.OK.value;
    }
    console.error(
        "no trial came to its end; %s says why".formatted(folder.directory().leaderboard()));
    return ExitCode.MISSED.value;
  }

  private int print(String result) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(result);
    out.flush();
    return ExitCode.OK.value;
  }
}
