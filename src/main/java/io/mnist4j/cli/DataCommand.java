package io.mnist4j.cli;

import picocli.CommandLine.Command;

/** The commands about data sets on disk. */
@Command(
    name = "data",
    description = "Fetches, verifies and lists data sets.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DataFetchCommand.class, DataVerifyCommand.class, DataListCommand.class},
    footer = {
      "  mnist4j data list                   what there is, and what of it is on this machine",
      "  mnist4j data fetch fashion-mnist    get a data set before it is needed",
      "  mnist4j data verify                 is MNIST on disk, and is it really MNIST?",
    })
final class DataCommand extends Subcommand {
  @Override
  public Integer call() {
    throw wrong("a command is missing: data fetch, data verify or data list");
  }
}
