package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.sweep.SweepFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mnist4j sweep tell}. */
@Command(
    name = "tell",
    description = "Tells a sweep the result of a trial that sweep ask has begun.",
    footer = Examples.SWEEP_TELL)
final class SweepTellCommand extends Subcommand {
  @Parameters(paramLabel = "SWEEP", index = "0", description = "The sweep's folder.")
  private Path sweep;

  @Parameters(paramLabel = "TRIAL", index = "1", description = "The trial's number.")
  private int trial;

  @Parameters(
      paramLabel = "VALUE",
      index = "2..*",
      arity = "0..*",
      description =
          "Of the objective, on the validation images; of a sweep with repeats also one for each"
              + " seed.")
  private List<String> words = List.of();

  @Option(
      names = "--epoch",
      description = "It is of an epoch, and the trial may go on: prints go-on or stop.")
  private boolean epoch;

  @Option(names = "--failed", paramLabel = "REASON", description = "There is no value, and why.")
  private String failed;

  @Override
  public Integer call() throws Exception {
    List<Double> values = words.stream().map(this::number).toList();
    if (values.isEmpty() == (failed == null)) {
      throw wrong("tell either the trial's VALUE or why it --failed");
    }
    if (epoch && values.size() > 1) {
      throw wrong("--epoch tells one VALUE");
    }
    try (SweepFolder folder = SweepFolder.open(sweep, SweepFolder.read(sweep, List.of()), true)) {
      if (failed != null) {
        folder.tellFailed(trial, failed);
      } else if (epoch) {
        return print(
            (folder.tellEpoch(trial, values.get(0)) ? "go-on" : "stop") + System.lineSeparator());
      } else {
        folder.tell(trial, values);
      }
    }
    return ExitCode.OK.value;
  }

  /** picocli takes what is no number for one argument too many. */
  private double number(String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw wrong("VALUE must be a number, not '%s'".formatted(word));
    }
  }
}
