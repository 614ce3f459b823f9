package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.report.Reports;
import io.mnist4j.report.Reports.ReportRequest;
import io.mnist4j.report.text.RunTable;
import io.mnist4j.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mnist4j report}. */
@Command(
    name = "report",
    description = "Shows a run or a sweep as a page, or compares several runs.",
    footer = Examples.REPORT)
final class ReportCommand extends Subcommand {
  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "The folder of a run, or its model.zip, or the folder of a sweep; several runs are"
              + " compared.")
  private List<Path> runs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Where the page goes (default: the run's own folder; comparison/ for several runs).")
  private Path output;

  /** What becomes of the runs. */
  private enum ReportForm {
    PAGE,
    CSV,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "page|csv|json",
      defaultValue = "page",
      description =
          "A page, or a table of names, results and settings on stdout (default:"
              + " ${DEFAULT-VALUE}).")
  private ReportForm form;

  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    Path comparison = context().directory().resolve("comparison");
    Optional<Path> folder =
        Optional.ofNullable(output == null && runs.size() > 1 ? comparison : output);
    List<Path> folders = runs.stream().map(RunFolder::pathOf).toList();
    if (form != ReportForm.PAGE) {
      if (output != null) {
        throw wrong("--format csv and json write to stdout; leave --output out");
      }
      RunTable table = Reports.table(folders.stream().map(RunFolder::of).toList());
      return printDocument(form == ReportForm.CSV ? table.csv() : table.json());
    }
    ReportRequest request = new ReportRequest(folders, folder, dataDir.store(), threads.count());
    try (DataFetchProgress progress = new DataFetchProgress(console(verbosity))) {
      Path page = Reports.write(request, progress, console(verbosity)::warn);
      return print("%s%n".formatted(page));
    }
  }
}
