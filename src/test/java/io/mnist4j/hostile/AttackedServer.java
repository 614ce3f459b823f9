package io.mnist4j.hostile;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.serve.ModelInstance;
import io.mnist4j.serve.PredictionServer;
import io.mnist4j.serve.ServeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server in this process, which tells what leaves its handlers. It stays until the end. */
final class AttackedServer {
  private static final int SECONDS = 10;
  private static AttackedServer only;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final int port;

  private AttackedServer() throws IOException, ModelException, ConfigException {
    Path model = Files.createTempFile("attacked-", ".zip");
    Files.write(model, HostileZips.of(HostileModelTest.ours()));
    ServeSettings settings =
        new ServeSettings("127.0.0.1", 0, Set.of(), Set.of(), 1 << 20, 0, SECONDS, 100, false);
    PredictionServer server =
        PredictionServer.start(
            new ModelInstance("m", ModelFile.read(model), StartedBackend.cpu(), 1),
            List.of(),
            settings,
            Optional.empty(),
            line -> {},
            failures::add);
    Files.delete(model);
    port = server.uri().getPort();
  }

  static synchronized AttackedServer get() throws IOException {
    if (only == null) {
      try {
        only = new AttackedServer();
      } catch (ModelException | ConfigException e) {
        throw new IOException(e);
      }
    }
    return only;
  }

  /**
   * Sends something, and no more, and takes the answer.
   *
   * @throws IllegalStateException if the server is at a loss
   */
  void send(byte[] content) throws IOException {
    String answer = "";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2 * SECONDS * 1_000);
      socket.getOutputStream().write(content);
      socket.shutdownOutput();
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      // It hung up before it had read all, which it may.
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a handler failed", failures.remove());
    }
    // At the start of a line: bodies repeat what was sent. Jetty may cut the answer to what is no
    // HTTP where its sender has gone already.
    if (("\n" + answer).contains("\nHTTP/1.1 500 ")) {
      throw new IllegalStateException("answers " + answer);
    }
  }
}
