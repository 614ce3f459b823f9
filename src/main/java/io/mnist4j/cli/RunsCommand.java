package io.mnist4j.cli;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.RunTable;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mnist4j runs}. */
@Command(
    name = "runs",
    description = "Lists what was trained.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RunsCommand.ListCommand.class,
    footer = "  mnist4j runs list")
final class RunsCommand extends Subcommand {
  @Override
  public Integer call() {
    throw wrong("a command is missing: runs list");
  }

  @Command(
      name = "list",
      description = "Lists runs with their results and the settings in which they differ.",
      footer = Examples.RUNS_LIST)
  static final class ListCommand extends Subcommand {
    private enum ListForm {
      TEXT,
      CSV,
      JSON
    }

    @Parameters(
        paramLabel = "DIR",
        arity = "0..1",
        description = "The folder of all runs (default: runs).")
    private Path folder;

    @Option(
        names = "--sort",
        paramLabel = "COLUMN",
        defaultValue = "finished",
        description = "A result or a setting, such as test-accuracy (default: ${DEFAULT-VALUE}).")
    private String sort;

    @Option(names = "--reverse", description = "The greatest first.")
    private boolean reverse;

    @Option(
        names = "--where",
        paramLabel = "COLUMN=VALUE",
        description = "Only runs with this value; also !=, <, <=, >, >=; may be repeated.")
    private List<String> conditions = List.of();

    @Option(
        names = "--format",
        paramLabel = "text|csv|json",
        defaultValue = "text",
        description = "How results are written to stdout (default: ${DEFAULT-VALUE}).")
    private ListForm form;

    @Mixin private VerbosityOptions verbosity;

    @Override
    public Integer call() throws Exception {
      Path runs = folder == null ? context().directory().resolve("runs") : folder;
      RunTable table;
      try {
        table = Reports.tableOf(runs, console(verbosity)::warn).select(conditions, sort, reverse);
      } catch (IllegalArgumentException e) {
        throw wrong(e.getMessage());
      }
      return form == ListForm.TEXT
          ? print(table.text())
          : printDocument(form == ListForm.CSV ? table.csv() : table.json());
    }
  }
}
