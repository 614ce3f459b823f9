package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.TrainingProgress;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.federated.FederationFolder;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.EnergyText;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ResumePlan;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunSummary;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.run.TrainingRequest;
import io.mnist4j.run.repeat.RepeatFolder;
import io.mnist4j.run.repeat.RepeatSession;
import io.mnist4j.train.ThreadTuner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is trained, on what, and what is written. */
public final class TrainOptions extends OptionGroup {
  @Mixin private ExperimentOptions experimentOptions;
  @Mixin private RunOptions runOptions;
  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private BackendOption backendOption;
  @Mixin private EnergyOption energy;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "1",
      description = "GPUs that train together, each on its part of every batch.")
  private int devices;

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

  @Option(
      names = "--print-model",
      description = "Prints the network's layers with shapes and parameters, and ends.")
  private boolean printModel;

  @Option(
      names = "--print-config",
      description = "Prints the complete configuration, as a file with comments, and ends.")
  private boolean printConfig;

  @Option(
      names = "--dry-run",
      description =
          "Prints configuration and network, loads the data, trains on one batch, writes nothing,"
              + " and ends.")
  private boolean dryRun;

  /** The run that is to go on; null for a new one. */
  public ResumePlan resume() throws ConfigException, IOException {
    if (runOptions.resume() == null) {
      return null;
    }
    if (FederationFolder.isOne(runOptions.resume())) {
      throw wrong(
          "%s is a federation; go on with it by: mnist4j federate --resume %<s"
              .formatted(runOptions.resume()));
    }
    experimentOptions.requireNoHidden();
    requireNoDryRun();
    return ResumePlan.of(
        runOptions.resume(), experimentOptions.files(), experimentOptions.settings());
  }

  private void requireNoDryRun() {
    if (dryRun) {
      throw wrong("--dry-run tries a new run; leave --resume out");
    }
  }

  /** Whether several runs with other seeds or folds are asked for, or go on. */
  public boolean repeats() throws ConfigException {
    if (printConfig || printModel) {
      return false;
    }
    if (runOptions.resume() != null) {
      boolean several = runOptions.repeats() > 0 || RepeatFolder.isOne(runOptions.resume());
      if (several) {
        requireNoDryRun();
      }
      return several;
    }
    if (dryRun) {
      return false;
    }
    boolean folds = experimentOptions.read().data().isCrossValidated();
    if (folds && runOptions.repeats() > 0) {
      throw wrong("--repeat and data.folds each ask for several runs; give one of them");
    }
    return folds || runOptions.repeats() > 0;
  }

  /** The runs with other seeds or folds that are asked for, or go on. */
  public RepeatSession repeatSession(Console console) throws Mnist4jException, IOException {
    Path resumed = runOptions.resume();
    if (resumed == null) {
      return RepeatSession.begin(
          request(experimentOptions.read(), console),
          runOptions.repeats(),
          (inputs, content) -> runOptions.repeatFolder(defaultName(inputs), content));
    }
    experimentOptions.requireNoHidden();
    if (!RepeatFolder.isOne(resumed)) {
      throw wrong(
          "%s is a single run; --repeat begins several new ones, without --resume"
              .formatted(resumed));
    }
    return RepeatSession.resume(
        new RepeatFolder(resumed),
        runOptions.repeats(),
        experimentOptions.files(),
        experimentOptions.settings(),
        request(Experiment.DEFAULT, console));
  }

  private String defaultName(TrainingInputs inputs) {
    return experimentOptions.configName() + "-" + inputs.images().dataset().name();
  }

  /** Says why there is nothing to do for a run that is finished. */
  public void sayFinished(ResumePlan plan, Console console) {
    console.line(
        "%s is finished: there is nothing to go on with; raise --epochs above %d for more"
            .formatted(runOptions.resume(), plan.experiment().training().epochs()));
    if (!noReport && !Files.exists(RunFolder.of(runOptions.resume()).report())) {
      console.line("Its report is missing; write it with: mnist4j report " + runOptions.resume());
    }
  }

  /** What a new run is to train. */
  public Experiment experiment() throws ConfigException {
    return experimentOptions.read();
  }

  /** The network's layers. A data set that the program knows is not fetched for it. */
  public ModelSummary modelSummary(Experiment experiment, TrainingProgress progress)
      throws ConfigException, DataException, ModelException {
    Optional<TrainingInputs> known = TrainingInputs.withoutImages(experiment, dataDir.store());
    TrainingInputs inputs =
        known.isPresent()
            ? known.get()
            : TrainingInputs.load(experiment, dataDir.store(), progress, progress::onFallback);
    return inputs.withStartingModel().modelSummary();
  }

  /** Chooses what computes, and sums up what is to be done. */
  public TrainingRequest request(Experiment experiment, Console console) throws BackendException {
    ThreadTuner tuner = threads.tuner();
    if (devices < 1) {
      throw wrong("--devices must be at least 1, not %d".formatted(devices));
    }
    if (logInterval < 0) {
      throw wrong("--log-interval must be at least 0, not %d".formatted(logInterval));
    }
    return new TrainingRequest(
        experiment,
        dataDir.store(),
        backendOption.choose(console, devices),
        tuner,
        inputs -> runOptions.directory(inputs.experiment(), defaultName(inputs)),
        runOptions.checkpointSeconds(),
        tensorBoard,
        runOptions.raised(),
        energy.gramsPerKwh());
  }

  /** Says what a training took, where that is known or was asked for. */
  public void tellEnergy(RunSummary summary, Console console) {
    energy.tell(summary.energy().map(EnergyText::of), console);
  }

  /** Steps between two lines within an epoch; 0 for none. */
  public int logInterval() {
    return logInterval;
  }

  /** Whether the run gets a page. */
  public boolean report() {
    return !noReport;
  }

  /** Writes the page of a run, unless that is unwanted. */
  public void writePage(RunFolder run, RunSummary summary) throws Mnist4jException, IOException {
    if (!noReport) {
      Reports.writePage(run, summary.evaluation());
    }
  }

  public boolean dryRun() {
    return dryRun;
  }

  public boolean printModel() {
    return printModel;
  }

  public boolean printConfig() {
    return printConfig;
  }
}
