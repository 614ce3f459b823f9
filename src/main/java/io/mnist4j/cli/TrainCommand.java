package io.mnist4j.cli;

import io.mnist4j.data.DataSplit;
import io.mnist4j.experiment.DataSelection;
import io.mnist4j.experiment.DatasetChoice;
import io.mnist4j.experiment.Experiment;
import io.mnist4j.experiment.ExperimentRun;
import io.mnist4j.experiment.MemoryNeed;
import io.mnist4j.experiment.RunSummary;
import io.mnist4j.train.NativeBackend;
import io.mnist4j.train.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
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
      "  mnist4j train --set model.layers.0.dense.units=512",
      "  mnist4j train --dataset strokes --format json > summary.json",
      "  mnist4j train --dataset path/to/folder         any four IDX files",
      "  mnist4j train --dataset fashion-mnist --set data.classes=[Sneaker,Bag]",
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExperimentOptions experimentOptions;
  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder of all runs (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The run's folder in it, which must not exist (default: CONFIG-DATASET-NUMBER).")
  private String name;

  @Override
  public Integer call() throws Exception {
    Experiment asked = experimentOptions.read();
    int threadCount = threads.count();
    Screen screen = new Screen(spec, verbosity);
    DatasetChoice choice;
    try (DataFetchProgress progress = new DataFetchProgress(screen)) {
      choice = DatasetChoice.load(asked.data(), dataDir.store(), progress);
    }
    choice.fallbackReason().ifPresent(screen::warnOfStrokes);
    String dataset = choice.dataset().name();
    Experiment experiment = asked.data().isAuto() ? asked.withDataset(dataset) : asked;
    DataSplit split = DataSelection.of(choice.dataset(), experiment.data(), experiment.seed());
    MemoryNeed.check(experiment, split);
    NativeBackend backend = NativeBackend.start(threadCount);
    RunDirectory directory = createDirectory(dataset);
    RunSummary summary;
    try (TrainingProgress progress =
        new TrainingProgress(screen, experiment.training().epochs(), directory)) {
      progress.start(split, backend);
      summary = ExperimentRun.run(experiment, split, directory, backend, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? summary.toJson() : TextResults.of(summary));
    out.flush();
    return ExitCode.OK.value;
  }

  private RunDirectory createDirectory(String dataset) throws IOException {
    if (name == null) {
      return RunDirectory.createNext(output, experimentOptions.configName() + "-" + dataset);
    }
    try {
      return RunDirectory.create(output, name);
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(
          spec.commandLine(), e.getFile() + " exists already; choose another --name");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--name: " + e.getMessage());
    }
  }
}
