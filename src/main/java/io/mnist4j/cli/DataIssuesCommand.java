package io.mnist4j.cli;

import io.mnist4j.cli.options.DataIssuesOptions;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.IssuesProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.issues.DataIssues;
import io.mnist4j.issues.IssueSearch;
import io.mnist4j.report.IssueFiles;
import io.mnist4j.report.text.DataIssuesJson;
import io.mnist4j.report.text.DataIssuesText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j data issues}. */
@Command(
    name = "issues",
    description =
        "Says what is wrong with a data set: labels that networks contradict which have not learned"
            + " from the image (confident learning), images that are there twice, blank and odd"
            + " ones, classes that are missing or rare.",
    footer = Examples.DATA_ISSUES)
final class DataIssuesCommand extends Subcommand {
  @Mixin private DataIssuesOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    Console console = console(verbosity);
    DataIssues found;
    try (IssuesProgress progress = new IssuesProgress(console)) {
      found = IssueSearch.run(options.request(console), progress);
    }
    if (options.output() != null) {
      IssueFiles.write(found, options.output());
      console.line("Files: " + options.output().resolve("issues.html") + ", .csv and .json");
    }
    print(format, () -> DataIssuesJson.of(found), () -> DataIssuesText.of(found));
    return options.judge(found.issues().size(), console);
  }
}
