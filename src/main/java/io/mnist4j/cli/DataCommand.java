package io.mnist4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about data sets on disk. */
@Command(
    name = "data",
    description = "Fetches, verifies and lists data sets.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DataFetchCommand.class, DataVerifyCommand.class, DataListCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j data list                   what there is, and what of it is on this machine",
      "  mnist4j data fetch fashion-mnist    get a data set before it is needed",
      "  mnist4j data verify                 is MNIST on disk, and is it really MNIST?",
    })
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: data fetch, data verify or data list");
  }
}
