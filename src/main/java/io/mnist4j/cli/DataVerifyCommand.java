package io.mnist4j.cli;

import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.DataNames;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetStatus;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.report.text.DatasetJson;
import io.mnist4j.report.text.DatasetText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads data sets on disk and compares their hashes with those that were published. */
@Command(
    name = "verify",
    description =
        "Verifies that data sets on disk are what their names say: structure, and the hash of the "
            + "uncompressed content or of the published file. Exits with 3 if a file is missing or "
            + "corrupt.",
    footer = {
      "  mnist4j data verify                              MNIST",
      "  mnist4j data verify fashion-mnist --data-dir /srv/data",
      "  mnist4j data verify --format json                for scripts",
    })
final class DataVerifyCommand extends Subcommand {
  @Mixin private DataNames names;
  @Mixin private DataDirOption dataDir;
  @Mixin private FormatOption format;

  @Override
  public Integer call() throws DataException {
    DataStore store = dataDir.store();
    List<DatasetStatus> all =
        names.entries().stream().map(entry -> DatasetStatus.of(entry, store)).toList();
    print(format, () -> DatasetJson.files(all), () -> DatasetText.files(all));
    DatasetStatus.requireUsable(all);
    return ExitCode.OK.value;
  }
}
