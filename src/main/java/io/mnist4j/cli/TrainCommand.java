package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.BackendOption;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.ExperimentOptions;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.MinAccuracyOption;
import io.mnist4j.cli.options.RunOptions;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.StopSignal;
import io.mnist4j.cli.terminal.TrainingProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.TrainingText;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.MemoryEstimate;
import io.mnist4j.run.ResourceUse;
import io.mnist4j.run.ResumePlan;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunSummary;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mnist4j train}. */
@Command(
    name = "train",
    description = "Trains a network and saves it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j train                                  98 %% on MNIST with the defaults",
      "  mnist4j train --config configs/keras.yaml      Keras' settings to the letter",
      "  mnist4j train --epochs 10 --lr 0.003 --seed 7 --name long",
      "  mnist4j train --resume runs/long --epochs 20   go on, where it was cut or ended",
      "  mnist4j train --set model.layers.0.dense.units=512",
      "  mnist4j train --lr 0.003 --print-config > mine.yaml",
      "  mnist4j train --dataset strokes --format json > summary.json",
      "  mnist4j train --dataset path/to/folder         any four IDX files",
      "  mnist4j train --dataset fashion-mnist --set data.classes=[Sneaker,Bag]",
      "",
      "Ctrl-C finishes the batch, saves the state and says how to go on; twice, it leaves at once.",
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExperimentOptions experimentOptions;
  @Mixin private RunOptions runOptions;
  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private BackendOption backendOption;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "1",
      description = "GPUs that train together, each on its part of every batch.")
  private int devices;

  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Option(
      names = "--log-interval",
      paramLabel = "STEPS",
      defaultValue = "0",
      description = "Also a line on stderr every so many steps.")
  private int logInterval;

  @Option(
      names = "--tensorboard",
      description = "Also event files for TensorBoard, in the run's folder.")
  private boolean tensorBoard;

  @Option(names = "--no-report", description = "Leaves out report.html, which shows the run.")
  private boolean noReport;

  @Mixin private MinAccuracyOption minAccuracy;

  @Option(
      names = "--print-model",
      description = "Prints the network's layers with shapes and parameters, and ends.")
  private boolean printModel;

  @Option(
      names = "--print-config",
      description = "Prints the complete configuration, as a file with comments, and ends.")
  private boolean printConfig;

  @Override
  public Integer call() throws Exception {
    minAccuracy.check();
    if (runOptions.resume() == null) {
      return train(experimentOptions.read());
    }
    ResumePlan plan =
        ResumePlan.of(runOptions.resume(), experimentOptions.files(), experimentOptions.settings());
    if (plan.finished()) {
      Console console = new Console(spec, verbosity);
      console.line(plan.whyFinished());
      if (!noReport && !Files.exists(RunFolder.of(runOptions.resume()).report())) {
        console.line("Its report is missing; write it with: mnist4j report " + runOptions.resume());
      }
      print(format.isJson() ? plan.summaryJson() : "");
      return minAccuracy.judge(plan.testAccuracy(), console);
    }
    return train(plan.experiment());
  }

  private int train(Experiment asked) throws Exception {
    ResourceUse.Meter meter = new ResourceUse.Meter();
    if (printConfig) {
      return print(ExperimentFile.toYaml(asked));
    }
    ThreadTuner tuner = threads.tuner();
    Console console = new Console(spec, verbosity);
    Backend backend = printModel ? null : backendOption.choose(console, devices());
    DatasetChoice choice;
    try (DataFetchProgress progress = new DataFetchProgress(console)) {
      choice = DatasetChoice.load(asked.data(), dataDir.store(), progress);
    }
    choice.fallbackReason().ifPresent(console::warnOfStrokes);
    String dataset = choice.dataset().name();
    Experiment experiment = asked.data().isAuto() ? asked.withDataset(dataset) : asked;
    DataSplit split = DataSelection.of(choice.dataset(), experiment.data(), experiment.seed());
    if (printModel) {
      return print(experiment.modelSummary(split).toText());
    }
    backend.start();
    if (backend.cuda().isPresent()) {
      tuner = ThreadTuner.fixed(1);
    }
    MemoryEstimate.check(experiment, split);
    MemoryEstimate.checkOnDevice(experiment, split, backend);
    RunFolder folder =
        runOptions.directory(experiment, experimentOptions.configName() + "-" + dataset);
    TrainingSession session = new TrainingSession(experiment, split, folder, backend, tuner, meter);
    return train(session, console, folder, experiment.training().epochs());
  }

  private int train(TrainingSession session, Console console, RunFolder folder, int epochs)
      throws Exception {
    try (StopSignal stopSignal = new StopSignal();
        TrainingProgress progress = new TrainingProgress(console, epochs, logInterval)) {
      console.line(TrainingText.of(session));
      console.detail("Learning by " + session.learner().text());
      session.advice().ifPresent(console::line);
      try {
        RunSummary summary =
            session.run(progress, runOptions.checkpointSeconds(), tensorBoard, stopSignal);
        if (!noReport) {
          console.line("Report: " + Reports.writePage(folder, session.evaluate(summary)));
        }
        print(format.isJson() ? summary.toJson() : TrainingText.of(summary));
        return minAccuracy.judge(summary.test().accuracy(), console);
      } catch (TrainingInterruptedException e) {
        progress.close();
        console.error(
            "%s; go on with: mnist4j train --resume %s".formatted(e.getMessage(), folder.path()));
        return stopSignal.exitCode();
      }
    }
  }

  private int devices() {
    if (devices < 1) {
      throw new ParameterException(
          spec.commandLine(), "--devices must be at least 1, not %d".formatted(devices));
    }
    return devices;
  }

  private int print(String result) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(result);
    out.flush();
    return ExitCode.OK.value;
  }
}
