package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.DataNames;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.store.FetchResult;
import io.mnist4j.errors.DataException;
import io.mnist4j.report.text.DatasetJson;
import io.mnist4j.report.text.DatasetText;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gets data sets from their mirrors. */
@Command(
    name = "fetch",
    description =
        "Fetches the files of data sets that are not on disk, or are corrupt, and verifies them.",
    footer = {
      "  mnist4j data fetch                               MNIST, if it is not there yet",
      "  mnist4j data fetch mnist fashion-mnist           both",
      "  mnist4j data fetch --force --data-dir /srv/data  all files anew, into /srv/data/mnist",
      "  MNIST4J_MIRRORS=https://files.example/{dataset}/ mnist4j data fetch",
      "",
      "MNIST4J_MIRRORS replaces the mirrors: base addresses (http, https, file), separated by",
      "commas or spaces; {dataset} stands for the name. http_proxy, https_proxy and no_proxy are",
      "honoured.",
    })
final class DataFetchCommand extends Subcommand {
  @Mixin private DataNames names;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Option(names = "--force", description = "Fetch also what is there, and replace it.")
  private boolean force;

  @Override
  public Integer call() throws DataException {
    Map<String, FetchResult> results;
    try (DataFetchProgress progress = new DataFetchProgress(new Console(spec, verbosity))) {
      results = dataDir.store().fetch(names.entries(), force, progress);
    }
    return print(format, () -> DatasetJson.fetched(results), () -> DatasetText.fetched(results));
  }
}
