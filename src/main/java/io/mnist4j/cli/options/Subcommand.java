package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.text.Printable;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that writes its result to stdout. */
@Command(mixinStandardHelpOptions = true, footerHeading = Examples.HEADING)
public abstract class Subcommand implements Callable<Integer> {
  @Spec protected CommandSpec spec;

  /** Writes a result for people, and returns the exit code of a command that is done. */
  protected final int print(String text) {
    return printDocument(Printable.lines(text));
  }

  /** Writes a result in the format that was asked for. */
  protected final int print(FormatOption format, Supplier<String> json, Supplier<String> text) {
    return format.isJson() ? printDocument(json.get()) : print(text.get());
  }

  /** Writes what programs read, every character as it is. */
  protected final int printDocument(String document) {
    context().out().print(document);
    context().out().flush();
    return ExitCode.OK.value;
  }

  protected final CommandContext context() {
    return CommandContext.of(spec);
  }

  protected final Console console(VerbosityOptions verbosity) {
    return new Console(spec, verbosity);
  }

  /** Wrong usage. */
  protected final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
