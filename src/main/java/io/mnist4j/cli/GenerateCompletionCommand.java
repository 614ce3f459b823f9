package io.mnist4j.cli;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mnist4j generate-completion}. */
@Command(
    name = "generate-completion",
    description = "Prints a script by which a shell completes commands, options and values.",
    footer = {
      "  mnist4j generate-completion bash > ~/.local/share/bash-completion/completions/mnist4j",
      "  mnist4j generate-completion zsh > ~/.zfunc/_mnist4j   with fpath+=~/.zfunc before"
          + " compinit",
      "  mnist4j generate-completion fish > ~/.config/fish/completions/mnist4j.fish",
      "  source <(mnist4j generate-completion bash)            for this shell alone",
    })
final class GenerateCompletionCommand extends Subcommand {
  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell;

  @Override
  public Integer call() {
    return print(shell.completion(Mnist4jCommand.commandLine().getCommandSpec()));
  }
}
