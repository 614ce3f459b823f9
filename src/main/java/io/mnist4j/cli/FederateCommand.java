package io.mnist4j.cli;

import io.mnist4j.cli.options.FederateOptions;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.MinAccuracyOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.FederationProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.federated.Federation;
import io.mnist4j.federated.FederationFile;
import io.mnist4j.federated.FederationPlan;
import io.mnist4j.federated.FederationSession;
import io.mnist4j.federated.FederationSummary;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.FederationText;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j federate}. */
@Command(
    name = "federate",
    description =
        "Simulates federated learning: clients with images of their own train copies of one network,"
            + " and a server joins what they return. It speaks no network protocol.",
    footer = Examples.FEDERATE)
final class FederateCommand extends Subcommand {
  @Mixin private FederateOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;
  @Mixin private MinAccuracyOption minAccuracy;

  @Override
  public Integer call() throws Exception {
    Console console = console(verbosity);
    Optional<FederationPlan> plan = options.plan();
    Federation federation = plan.isPresent() ? plan.get().federation() : options.federation();
    if (options.printConfig()) {
      return printDocument(FederationFile.toYaml(federation));
    }
    Optional<FederationSummary> summary = plan.flatMap(FederationPlan::finished);
    try (FederationProgress progress = new FederationProgress(console)) {
      if (summary.isPresent()) {
        progress.onFinished(plan.get());
      } else {
        summary = FederationSession.run(options.request(federation), progress);
        if (summary.isEmpty()) {
          return progress.interrupted();
        }
        if (options.report()) {
          console.line("Report: " + Reports.writePage(progress.folder()));
        }
      }
    }
    FederationSummary result = summary.get();
    print(format, result::toJson, () -> FederationText.of(result));
    return minAccuracy.judge(result.testAccuracy(), console);
  }
}
