package io.mnist4j.cli;

import io.mnist4j.cli.shell.Shell;
import io.mnist4j.errors.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j generate-completion}. */
@Command(
    name = "generate-completion",
    description = "Prints a script by which a shell completes commands, options and values.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j generate-completion bash > ~/.local/share/bash-completion/completions/mnist4j",
      "  mnist4j generate-completion zsh > ~/.zfunc/_mnist4j   with fpath+=~/.zfunc before"
          + " compinit",
      "  mnist4j generate-completion fish > ~/.config/fish/completions/mnist4j.fish",
      "  source <(mnist4j generate-completion bash)            for this shell alone",
    })
final class GenerateCompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  private Shell shell;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(shell.completion(Mnist4jCommand.commandLine().getCommandSpec()));
    out.flush();
    return ExitCode.OK.value;
  }
}
