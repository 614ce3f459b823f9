package io.mnist4j.cli;

import io.mnist4j.cli.options.EnergyOption;
import io.mnist4j.cli.options.EvaluateOptions;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.GroupOptions;
import io.mnist4j.cli.options.MinAccuracyOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.Terminal;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.fairness.GroupReport;
import io.mnist4j.report.EvaluationFiles;
import io.mnist4j.report.GroupFiles;
import io.mnist4j.report.PredictionsFile;
import io.mnist4j.report.plot.TerminalPlots;
import io.mnist4j.report.text.EnergyText;
import io.mnist4j.report.text.EvaluationText;
import io.mnist4j.report.text.GroupJson;
import io.mnist4j.report.text.GroupText;
import io.mnist4j.report.text.MembershipText;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.membership.MembershipReport;
import io.mnist4j.run.membership.MembershipSession;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j evaluate}. */
@Command(name = "evaluate", description = "Tests a saved model.", footer = Examples.EVALUATE)
final class EvaluateCommand extends Subcommand {
  @Mixin private EvaluateOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;
  @Mixin private MinAccuracyOption minAccuracy;
  @Mixin private EnergyOption energy;
  @Mixin private GroupOptions groupOptions;

  @Override
  public Integer call() throws Exception {
    if (options.plot() && format.isJson()) {
      throw wrong("--plot draws for people; leave it out with --format json");
    }
    groupOptions.check();
    if (options.membership()) {
      return attack();
    }
    Path predictions = options.predictions();
    EvaluationSummary summary;
    Optional<GroupReport> groups;
    try (DataFetchProgress progress = new DataFetchProgress(console(verbosity))) {
      EvaluationRequest request = options.request(energy, console(verbosity));
      summary = EvaluationSession.run(request, progress, console(verbosity)::warn);
      groups = groupOptions.report(summary, request.store(), progress);
    }
    print(
        format,
        () -> summary.toJson(groups.map(GroupJson::node)),
        () -> EvaluationText.of(summary) + groups.map(GroupText::of).orElse(""));
    energy.tell(
        summary.energy().map(use -> EnergyText.ofPredictions(use, summary.figures().images())),
        console(verbosity));
    if (options.plot()) {
      print(TerminalPlots.of(summary, Terminal.of(spec).columns()));
    }
    if (predictions != null) {
      PredictionsFile.write(summary, predictions);
    }
    if (options.output() != null) {
      EvaluationFiles.write(summary, options.output());
      if (groups.isPresent()) {
        GroupFiles.write(groups.get(), options.output());
      }
    }
    return Math.max(
        minAccuracy.judge(summary.figures().accuracy().value(), console(verbosity)),
        groupOptions.judge(groups, console(verbosity)));
  }

  private int attack() throws Exception {
    Console console = console(verbosity);
    try (DataFetchProgress progress = new DataFetchProgress(console)) {
      MembershipReport report =
          MembershipSession.run(
              options.request(energy, console), options.shadows(), progress, console::line);
      print(format, report::toJson, () -> MembershipText.of(report));
      return minAccuracy.judge(report.testAccuracy(), console);
    }
  }
}
