package io.mnist4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: a bare {@code mnist4j} is asked which command is meant. */
@Command(
    name = "mnist4j",
    description = "Trains and evaluates digit classifiers on Deeplearning4j.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      DataCommand.class,
      DoctorCommand.class,
      HelpCommand.class,
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j train                       train the default network, save it to runs/",
      "  mnist4j evaluate runs/NAME/model.zip",
      "  mnist4j help train                  everything that a command takes",
      "",
      "Exit codes: 0 done; 1 internal error; 2 wrong usage or configuration; 3 data or model file",
      "missing, corrupt or refused, or a result cannot be written; 5 training diverged; 6 backend not",
      "available; 130 and 143 interrupted, and the line says how to go on.",
    })
final class Mnist4jCommand implements Runnable {
  @Spec private CommandSpec spec;

  static CommandLine commandLine() {
    ErrorHandler errors = new ErrorHandler();
    return new CommandLine(new Mnist4jCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
