package io.mnist4j.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command gets from its process beside its arguments.
 *
 * @param in standard input
 * @param out where results go
 * @param err where progress, warnings and errors go
 * @param environment the environment variables
 * @param directory the working directory, which relative paths of the command line start at
 */
public record CommandContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory) {

  /** Given streams, and the variables and the working directory of this process. */
  public CommandContext(InputStream in, PrintStream out, PrintStream err) {
    this(in, out, err, System.getenv(), Path.of(""));
  }

  /** The root command, which holds the context of all its commands. */
  public interface Holder {
    CommandContext context();

    /** The class that begins, for processes of the same program. */
    Class<?> main();
  }

  /** The context that a command runs in. */
  public static CommandContext of(CommandSpec command) {
    // The spec of a mixin within a mixin has no parents of its own.
    return ((Holder) command.commandLine().getCommandSpec().root().userObject()).context();
  }

  /** The class that begins, for processes of the same program. */
  public static Class<?> main(CommandSpec command) {
    return ((Holder) command.commandLine().getCommandSpec().root().userObject()).main();
  }

  /** {@link #out} in the form that picocli takes. */
  public PrintWriter outWriter() {
    return writer(out);
  }

  /** {@link #err} in the form that picocli takes. */
  public PrintWriter errWriter() {
    return writer(err);
  }

  /** A writer in the character set of the stream, which JDK 17 does not tell. */
  private static PrintWriter writer(PrintStream stream) {
    Writer text =
        new Writer() {
          @Override
          public void write(char[] characters, int offset, int length) {
            stream.print(new String(characters, offset, length));
          }

          @Override
          public void flush() {
            stream.flush();
          }

          @Override
          public void close() {
            stream.flush();
          }
        };
    return new PrintWriter(text, true);
  }
}
