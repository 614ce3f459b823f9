package io.mnist4j.cli;

import io.mnist4j.cli.options.DataSource;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.store.DatasetForm;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.report.plot.Png;
import io.mnist4j.text.ClosestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a data set in another form. */
@Command(
    name = "convert",
    description =
        "Writes a data set in another form, with the same images, labels and order, so that it"
            + " trains to the same bits.",
    footer = {
      "  mnist4j data convert mnist mnist.npz                   Keras' file",
      "  mnist4j data convert my-pictures/ my-idx               MNIST's own four files",
      "  mnist4j data convert mnist.npz pngs --to pictures      a folder of PNG files",
      "  mnist4j data convert mnist csv --to csv                train.csv and test.csv",
    })
final class DataConvertCommand extends Subcommand {
  @Mixin private DataSource source;
  @Mixin private VerbosityOptions verbosity;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The folder that is made, or a file for npz. It must not be there yet.")
  private Path target;

  @Option(
      names = "--to",
      paramLabel = "idx|npz|csv|pictures",
      description = "The form (default: npz if OUT ends so, else idx).")
  private String to;

  @Override
  public Integer call() throws Exception {
    DatasetForm form = form();
    if (Files.exists(target)) {
      throw wrong(target + " is there already: name another OUT, or delete it first");
    }
    Console console = console(verbosity);
    DatasetParts data;
    try (DataFetchProgress progress = new DataFetchProgress(console)) {
      data = source.load(progress);
    }
    DatasetForm.PngWriter png = (width, height, pixels) -> Png.grey(width, height, pixels).bytes();
    AtomicFile.ContentWriter writer = place -> form.write(data, png, place);
    if (form.isFile()) {
      AtomicFile.write(target, writer);
    } else {
      AtomicFile.createFolder(target, writer);
    }
    print(target + "\n");
    return ExitCode.OK.value;
  }

  private DatasetForm form() {
    if (to == null) {
      return DatasetForm.ofName(target.getFileName().toString()).orElse(DatasetForm.IDX);
    }
    List<String> keys = Arrays.stream(DatasetForm.values()).map(DatasetForm::key).toList();
    return Arrays.stream(DatasetForm.values())
        .filter(form -> form.key().equals(to))
        .findFirst()
        .orElseThrow(() -> wrong(ClosestName.notOneOf("--to", keys, to)));
  }
}
