package io.mnist4j.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * The stdout of the process. {@link System#out} does not say that a disk is full; this stream
 * remembers it, so that a script which gets half a result also gets an exit code.
 */
public final class Stdout extends PrintStream {

  public Stdout() {
    super(new Remembering(), false, processCharset());
  }

  /** Why a stream did not take all that was written; null if it did, or its reader left. */
  public static String problem(PrintStream stream) {
    boolean failed = stream.checkError();
    if (!(stream instanceof Stdout stdout)) {
      return failed ? "the stream is closed or broken" : null;
    }
    IOException problem = ((Remembering) stdout.out).problem;
    return problem == null || isHangUp(problem) ? null : problem.getMessage();
  }

  /** A reader of only the first lines, such as {@code head}, has what it needs. */
  private static boolean isHangUp(IOException problem) {
    String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
    // Windows: "The pipe is being closed", "The pipe has been ended".
    return message.contains("pipe");
  }

  /** The character set of System.out, which JDK 17 does not tell. */
  private static Charset processCharset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name == null || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }

  private static final class Remembering extends FilterOutputStream {
    private IOException problem;

    Remembering() {
      super(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      attempt(stream -> stream.write(bytes, offset, length));
    }

    @Override
    public void write(int b) {
      attempt(stream -> stream.write(b));
    }

    @Override
    public void flush() {
      attempt(OutputStream::flush);
    }

    /** After the first failure nothing is tried again. */
    private void attempt(Attempt attempt) {
      if (problem == null) {
        try {
          attempt.on(out);
        } catch (IOException e) {
          problem = e;
        }
      }
    }
  }

  private interface Attempt {
    void on(OutputStream stream) throws IOException;
  }
}
