package io.mnist4j.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Where results go. {@link System#out} keeps to itself that a disk is full; this remembers it, so
 * that a script which gets half a result also gets an exit code.
 */
public final class Stdout {
  private final Remembering stream = new Remembering();
  private final PrintWriter writer = new PrintWriter(stream, true, charset());

  public PrintWriter writer() {
    return writer;
  }

  /** Why something is missing of what was written; null if nothing is, or nobody wants it. */
  public String problem() {
    writer.flush();
    IOException problem = stream.problem;
    return problem == null || isHangUp(problem) ? null : problem.getMessage();
  }

  /** Whoever reads only the first lines, as {@code head} does, has what they want. */
  private static boolean isHangUp(IOException problem) {
    String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
    // Windows: "The pipe is being closed", "The pipe has been ended".
    return message.contains("pipe");
  }

  /** What System.out takes; JDK 17 does not say it. */
  private static Charset charset() {
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
