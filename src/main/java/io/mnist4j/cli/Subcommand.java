package io.mnist4j.cli;

import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that writes its result to stdout. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExamples:%n")
abstract class Subcommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  /** Writes a result, and returns the exit code of a command that is done. */
  final int print(String result) {
    context().out().print(result);
    context().out().flush();
    return ExitCode.OK.value;
  }

  final CommandContext context() {
    return CommandContext.of(spec);
  }

  final Console console(VerbosityOptions verbosity) {
    return new Console(spec, verbosity);
  }

  /** Wrong usage. */
  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
