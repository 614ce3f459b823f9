package io.mnist4j.cli;

import io.mnist4j.cli.options.DataSource;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.TextSheet;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.plot.ContactSheet;
import io.mnist4j.report.text.DatasetOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a data set holds. */
@Command(
    name = "show",
    description = "Counts the images of a data set by class, and shows some of each.",
    footer = {
      "  mnist4j data show mnist",
      "  mnist4j data show my-pictures/ --output sheet.png",
      "  mnist4j data show train.csv --format json",
    })
final class DataShowCommand extends Subcommand {
  private static final int COLUMNS = 20;

  @Mixin private DataSource source;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.png",
      description = "Also writes a picture with twenty images of each class, a row each.")
  private Path output;

  @Override
  public Integer call() throws Exception {
    DatasetParts data;
    try (DataFetchProgress progress = new DataFetchProgress(console(verbosity))) {
      data = source.load(progress);
    }
    ContactSheet sheet = new ContactSheet(data.first(), data.classNames().size(), COLUMNS);
    if (output != null) {
      byte[] png = sheet.picture().bytes();
      AtomicFile.write(output, temporary -> Files.write(temporary, png));
    }
    DatasetOverview overview = DatasetOverview.of(data);
    return print(
        format, overview::toJson, () -> overview.toText() + TextSheet.of(sheet, data.classNames()));
  }
}
