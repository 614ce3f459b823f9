package io.mnist4j.cli.options;

import io.mnist4j.backend.driver.CudaException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.OneLine;
import io.mnist4j.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one line on stderr and an exit code. */
public final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    return fail(command, ExitCode.USAGE, "%s (see %s)".formatted(UsageErrors.explain(e), help));
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof ParameterException wrongUsage) {
      return handleParseException(wrongUsage, new String[0]);
    }
    if (e instanceof Mnist4jException known) {
      return fail(command, known.exitCode(), known.problems());
    }
    if (e instanceof CudaException gpu) {
      return fail(command, ExitCode.BACKEND, "the GPU fails: " + gpu.getMessage());
    }
    if (e instanceof FileSystemException file) {
      return fail(
          command,
          ExitCode.DATA,
          "cannot write %s: %s".formatted(file.getFile(), FileProblem.reason(file)));
    }
    // Memory that ran out in another thread comes wrapped.
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError outOfMemory) {
        return handleError(outOfMemory, command);
      }
    }
    return fail(command, ExitCode.INTERNAL_ERROR, internalError(e, command));
  }

  /** What the JVM threw: memory that ran out, or a bug. */
  public static int handleError(Error e, CommandLine command) {
    if (!(e instanceof OutOfMemoryError)) {
      return fail(command, ExitCode.INTERNAL_ERROR, internalError(e, command));
    }
    return fail(
        command,
        ExitCode.USAGE,
        isOffHeap(e)
            ? "out of memory outside the Java heap (%s); set MNIST4J_OFF_HEAP to more than it is"
                .formatted(e.getMessage())
            : "out of memory: the Java heap may take %d MiB; set MNIST4J_HEAP to more, such as 2g"
                .formatted(Runtime.getRuntime().maxMemory() >> 20));
  }

  /**
   * Whether it was the limit of JavaCPP, which ND4J's arrays come from. It throws the JVM's class,
   * so the place that threw it tells: the JVM itself throws where an object was to be made.
   */
  private static boolean isOffHeap(Error e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.bytedeco.javacpp.");
  }

  /** A result that stdout did not take. */
  public static int unwritten(String why, CommandLine command) {
    return fail(command, ExitCode.DATA, "cannot write the result to stdout: " + why);
  }

  private static int fail(CommandLine command, ExitCode exitCode, List<String> lines) {
    PrintWriter err = command.getErr();
    lines.forEach(line -> err.println("mnist4j: " + Printable.of(OneLine.of(line))));
    err.flush();
    return exitCode.value;
  }

  private static int fail(CommandLine command, ExitCode exitCode, String line) {
    return fail(command, exitCode, List.of(line));
  }

  private static String internalError(Throwable e, CommandLine command) {
    String what = "internal error: " + OneLine.of(String.valueOf(e));
    try {
      Path trace = Files.createTempFile("mnist4j-error-", ".txt");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(trace))) {
        e.printStackTrace(out);
      }
      return what + " (this is a bug; please report it with " + trace + ")";
    } catch (IOException unwritable) {
      StringWriter lines = new StringWriter();
      e.printStackTrace(new PrintWriter(lines));
      command.getErr().print(Printable.lines(lines.toString()));
      return what + " (this is a bug; please report it with the lines above)";
    }
  }
}
