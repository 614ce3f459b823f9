package io.mnist4j.cli;

import io.mnist4j.data.DataSplit;
import io.mnist4j.experiment.DataSelection;
import io.mnist4j.experiment.DatasetChoice;
import io.mnist4j.experiment.Experiment;
import io.mnist4j.experiment.ExperimentFile;
import io.mnist4j.experiment.ExperimentRun;
import io.mnist4j.experiment.MemoryNeed;
import io.mnist4j.experiment.ResourceUse;
import io.mnist4j.experiment.Resumption;
import io.mnist4j.experiment.RunSummary;
import io.mnist4j.train.NativeBackend;
import io.mnist4j.train.RunDirectory;
import io.mnist4j.train.TrainingInterruptedException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    ResourceUse.Meter meter = new ResourceUse.Meter();
    PrintWriter out = spec.commandLine().getOut();
    Screen screen = new Screen(spec, verbosity);
    Experiment asked;
    int defaultThreads = NativeBackend.AUTO_THREADS;
    if (runOptions.resume() == null) {
      asked = experimentOptions.read();
    } else {
      Resumption resumption =
          Resumption.of(
              runOptions.resume(), experimentOptions.files(), experimentOptions.settings());
      if (resumption.finished()) {
        screen.line(resumption.whyFinished());
        out.print(format.isJson() ? resumption.summaryJson() : "");
        out.flush();
        return ExitCode.OK.value;
      }
      asked = resumption.experiment();
      defaultThreads = resumption.threads();
    }
    if (printConfig) {
      out.print(ExperimentFile.toYaml(asked));
      out.flush();
      return ExitCode.OK.value;
    }
    int threadCount = threads.count(defaultThreads);

    DatasetChoice choice;
    try (DataFetchProgress progress = new DataFetchProgress(screen)) {
      choice = DatasetChoice.load(asked.data(), dataDir.store(), progress);
    }
    choice.fallbackReason().ifPresent(screen::warnOfStrokes);
    String dataset = choice.dataset().name();
    Experiment experiment = asked.data().isAuto() ? asked.withDataset(dataset) : asked;
    DataSplit split = DataSelection.of(choice.dataset(), experiment.data(), experiment.seed());
    if (printModel) {
      out.print(experiment.modelSummary(split).toText());
      out.flush();
      return ExitCode.OK.value;
    }
    MemoryNeed.check(experiment, split);
    NativeBackend backend = NativeBackend.start(threadCount);
    RunDirectory directory = runOptions.directory(experimentOptions.configName() + "-" + dataset);

    RunSummary summary;
    try (StopSignal stopSignal = new StopSignal();
        TrainingProgress progress =
            new TrainingProgress(screen, experiment.training().epochs(), logInterval)) {
      progress.start(split, backend);
      ExperimentRun run = new ExperimentRun(experiment, split, directory, backend, meter);
      try {
        summary = run.run(progress, runOptions.checkpointSeconds(), tensorBoard, stopSignal);
      } catch (TrainingInterruptedException e) {
        progress.close();
        screen.error(
            "%s; go on with: mnist4j train --resume %s"
                .formatted(e.getMessage(), directory.path()));
        return stopSignal.exitCode();
      }
    }
    out.print(format.isJson() ? summary.toJson() : TextResults.of(summary));
    out.flush();
    return ExitCode.OK.value;
  }
}
