package io.mnist4j.cli;

import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.MinAccuracyOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.options.TrainOptions;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.TrainingProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.TrainingText;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.FirstBatch;
import io.mnist4j.run.ResumePlan;
import io.mnist4j.run.RunSummary;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.run.repeat.RepeatSession;
import io.mnist4j.run.repeat.RepeatSummary;
import io.mnist4j.train.TrainingInterruptedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j train}. */
@Command(name = "train", description = "Trains a network and saves it.", footer = Examples.TRAIN)
final class TrainCommand extends Subcommand {
  @Mixin private TrainOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;
  @Mixin private MinAccuracyOption minAccuracy;

  @Override
  public Integer call() throws Exception {
    Console console = console(verbosity);
    if (options.repeats()) {
      return repeat(console);
    }
    ResumePlan plan = options.resume();
    if (plan != null && plan.finished()) {
      options.sayFinished(plan, console);
      print(format, plan::summaryJson, () -> "");
      return minAccuracy.judge(plan.testAccuracy(), console);
    }
    Experiment experiment = plan == null ? options.experiment() : plan.experiment();
    if (options.printConfig()) {
      return printDocument(ExperimentFile.toYaml(experiment));
    }
    try (TrainingProgress progress = new TrainingProgress(console, options.logInterval())) {
      if (options.printModel()) {
        return print(options.modelSummary(experiment, progress).toText());
      }
      if (options.dryRun()) {
        FirstBatch batch = FirstBatch.run(options.request(experiment, console), progress);
        return print(format, batch::toJson, () -> TrainingText.of(batch));
      }
      try {
        RunSummary summary = TrainingSession.run(options.request(experiment, console), progress);
        if (options.report()) {
          console.line("Report: " + Reports.writePage(progress.folder(), summary.evaluation()));
        }
        options.tellEnergy(summary, console);
        print(format, summary::toJson, () -> TrainingText.of(summary));
        return minAccuracy.judge(summary.test().accuracy(), console);
      } catch (TrainingInterruptedException e) {
        return progress.interrupted(e);
      }
    }
  }

  private int repeat(Console console) throws Exception {
    RepeatSession session = options.repeatSession(console);
    try (TrainingProgress progress = new TrainingProgress(console, options.logInterval())) {
      try {
        RepeatSummary summary = session.run(progress, options::writePage);
        if (options.report()) {
          console.line("Report: " + Reports.writePage(summary));
        }
        print(format, summary::toJson, () -> TrainingText.of(summary));
        return minAccuracy.judge(summary.testAccuracy().mean(), console);
      } catch (TrainingInterruptedException e) {
        return progress.interrupted(e);
      }
    }
  }
}
