package io.mnist4j.cli;

import io.mnist4j.cli.options.Subcommand;
import picocli.CommandLine.Command;

/** The commands about data sets on disk. */
@Command(
    name = "data",
    description =
        "Fetches, verifies, lists, shows and converts data sets, and says what is wrong with them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DataFetchCommand.class,
      DataVerifyCommand.class,
      DataListCommand.class,
      DataShowCommand.class,
      DataConvertCommand.class,
      DataIssuesCommand.class
    },
    footer = {
      "  mnist4j data list                   what there is, and what of it is on this machine",
      "  mnist4j data fetch fashion-mnist    get a data set before it is needed",
      "  mnist4j data show my-pictures/      what is in my own data?",
      "  mnist4j data convert mnist x.npz    write it in another form",
      "  mnist4j data verify                 is MNIST on disk, and is it really MNIST?",
      "  mnist4j data issues mnist           which labels are wrong, which images are there twice",
    })
final class DataCommand extends Subcommand {
  @Override
  public Integer call() {
    throw wrong("a command is missing: data fetch, verify, list, show, convert or issues");
  }
}
