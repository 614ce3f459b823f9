package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.sweep.SweepExport;
import io.mnist4j.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mnist4j sweep export}. */
@Command(
    name = "export",
    description = "Writes a sweep's trials for other programs.",
    footer = {
      "  mnist4j sweep export sweeps/mine --format csv > trials.csv",
      "  mnist4j sweep export sweeps/mine --format optuna-journal --output optuna.log",
      "  mnist4j sweep export sweeps/mine --format tensorboard --output board",
      "",
      "optuna-dashboard optuna.log and tensorboard --logdir board then show the sweep.",
    })
final class SweepExportCommand extends Subcommand {
  @Parameters(paramLabel = "SWEEP", description = "The sweep's folder; it may still run.")
  private Path sweep;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "csv|optuna-journal|tensorboard",
      description = "A table, a file of Optuna's JournalStorage, or event files of TensorBoard.")
  private String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = "A file, or a new folder for tensorboard (default: standard output).")
  private Path output;

  @Override
  public Integer call() throws Exception {
    SweepExport export = new SweepExport(SweepFolder.summary(sweep));
    switch (format) {
      case "csv" -> write(export.csv());
      case "optuna-journal" -> write(export.optunaJournal());
      case "tensorboard" -> {
        if (output == null || Files.exists(output)) {
          throw wrong("--format tensorboard needs --output, a folder that is not there yet");
        }
        export.tensorBoard(output);
      }
      default ->
          throw wrong(
              "--format must be csv, optuna-journal or tensorboard, not '%s'".formatted(format));
    }
    return ExitCode.OK.value;
  }

  private void write(String text) throws IOException {
    if (output == null) {
      printDocument(text);
    } else {
      AtomicFile.write(output, text);
    }
  }
}
