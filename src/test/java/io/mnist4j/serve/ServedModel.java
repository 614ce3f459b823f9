package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program serving a model that has learned to read digits, as a process of its own. */
final class ServedModel implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("Listening on (http://\\S+)\\R");

  final Process process;
  final URI uri;
  private final Path folder;

  /** Serves a model at a free port, and waits until it listens. */
  ServedModel(Path folder, Path model, String... options) throws Exception {
    // A server computes for long enough to be compiled well.
    this(folder, new Mnist4jProcess(folder).jvmFlag("-XX:TieredStopAtLevel=4"), model, options);
  }

  /**
   * As the other one.
   *
   * @param program that works in the folder
   */
  ServedModel(Path folder, Mnist4jProcess program, Path model, String... options) throws Exception {
    this.folder = folder;
    List<String> arguments = new ArrayList<>(List.of("serve", model.toString(), "--port", "0"));
    arguments.addAll(List.of(options));
    process = program.start(arguments.toArray(String[]::new));
    Matcher address = ADDRESS.matcher(stdout());
    for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        !address.find();
        address = ADDRESS.matcher(stdout())) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new IOException("it does not listen: " + stderr());
      }
      Thread.sleep(20);
    }
    uri = URI.create(address.group(1));
  }

  /** A connection, for what no correct client would send. */
  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
  }

  /** Whether a response, as it came over the wire, has this status. */
  static void assertStatus(int status, String response) {
    assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
  }

  String stdout() throws IOException {
    return Files.readString(folder.resolve("stdout.txt"));
  }

  String stderr() throws IOException {
    return Files.readString(folder.resolve("stderr.txt"));
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
  }
}
