package io.mnist4j.cli;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.text.ClosestName;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mnist4j help}. */
@Command(
    name = "help",
    description = "Tells what there is, or all that a command takes.",
    footer = {
      "  mnist4j help                all commands",
      "  mnist4j help train          the same as mnist4j train --help",
      "  mnist4j help data fetch",
    })
final class HelpCommand extends Subcommand {
  /** What may follow, for the shells. */
  private static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Mnist4jCommand.names().iterator();
    }
  }

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      completionCandidates = Names.class,
      description = "Which command (default: all of them).")
  private List<String> path = List.of();

  @Override
  public Integer call() {
    CommandLine command = Mnist4jCommand.commandLine();
    for (String word : path) {
      command = below(command, word);
    }
    return print(command.getUsageMessage());
  }

  private CommandLine below(CommandLine command, String word) {
    Map<String, CommandLine> commands = command.getSubcommands();
    if (commands.containsKey(word)) {
      return commands.get(word);
    }
    String whose = command.getCommandSpec().qualifiedName();
    throw wrong(
        commands.isEmpty()
            ? "%s has no commands of its own".formatted(whose)
            : "there is no command '%s %s'%s"
                .formatted(whose, word, ClosestName.question(word, commands.keySet())));
  }
}
