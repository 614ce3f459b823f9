package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetStatus;
import io.mnist4j.report.text.DatasetJson;
import io.mnist4j.report.text.DatasetText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the catalogue, and what of it is on this machine. */
@Command(
    name = "list",
    description = "Lists the data sets that the program knows and where they are.",
    footer = {
      "  mnist4j data list",
      "  mnist4j data list --data-dir /srv/data --format json",
    })
final class DataListCommand extends Subcommand {
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    DataStore store = dataDir.store();
    List<DatasetStatus> all =
        Catalogue.entries().stream().map(entry -> DatasetStatus.glance(entry, store)).toList();
    return print(format, () -> DatasetJson.list(store.folder(), all), () -> DatasetText.list(all));
  }
}
