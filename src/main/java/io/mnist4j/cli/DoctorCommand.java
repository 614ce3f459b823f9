package io.mnist4j.cli;

import io.mnist4j.cli.options.BackendOption;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.doctor.BackendBenchmark;
import io.mnist4j.doctor.Diagnosis;
import io.mnist4j.doctor.DiagnosisText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mnist4j doctor}. */
@Command(
    name = "doctor",
    description = "Tries what a run needs on this machine: JDK, backend, data, writable folders.",
    footer = {
      "  mnist4j doctor",
      "  mnist4j doctor --data-dir /srv/mnist --format json",
      "  mnist4j doctor --backend cuda --bench",
    })
final class DoctorCommand extends Subcommand {
  @Mixin private DataDirOption dataDir;
  @Mixin private BackendOption backend;
  @Mixin private FormatOption format;

  @Option(
      names = "--bench",
      description =
          "Also times networks of several sizes on the CPU, and on a GPU where one works.")
  private boolean bench;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder of all runs (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Diagnosis diagnosis =
        Diagnosis.of(
            dataDir.store(), output, backend.asked(), console(new VerbosityOptions())::line);
    List<BackendBenchmark.BenchmarkRow> rows =
        bench ? BackendBenchmark.run(Main.class, diagnosis) : List.of();
    print(
        format,
        () -> DiagnosisText.toJson(diagnosis, rows),
        () -> DiagnosisText.toText(diagnosis, rows));
    return diagnosis.exitCode().value;
  }
}
