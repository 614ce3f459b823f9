package io.mnist4j.serve;

import static io.mnist4j.serve.ServedModel.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.hostile.Soak;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that many come to at once, with much, and that has little itself. */
class ServeAttackTest {
  private static final int CONNECTIONS = Soak.isOn() ? 10_000 : 1_000;
  private static final byte[] BLANK =
      bytes("[" + String.join(",", Collections.nCopies(784, "0")) + "]");

  @TempDir static Path shared;
  private static Path model;
  private static ServedModel served;

  @TempDir Path directory;

  @BeforeAll
  static void train() throws Exception {
    model = TrainedRuns.strokesModel();
    served = new ServedModel(shared, model, "--rate", "0", "--timeout", "300", "--quiet");
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  /** All have sent all but a byte, others are answered meanwhile, and in the end so are they. */
  @Test
  void manyConnectionsAtOnce() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(begin(served, BLANK));
      }
      assertStatus(200, healthOf(served));
      for (Socket socket : open) {
        end(socket, BLANK);
      }
      for (Socket socket : open) {
        assertStatus(200, answer(socket));
      }
      assertStatus(200, healthOf(served));
      assertEquals("", served.stderr());
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** What there is no memory for is turned away, and leaves nothing behind. */
  @Test
  void bodiesThatFillTheMemory() throws Exception {
    Mnist4jProcess program = new Mnist4jProcess(directory).jvmFlag("-Xmx64m");
    try (ServedModel served =
        new ServedModel(directory, program, model, "--rate", "0", "--quiet")) {
      byte[] megabytes = new byte[4 << 20];
      Arrays.fill(megabytes, (byte) ' ');
      for (byte[] body : List.of(megabytes, picture())) {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          open.add(begin(served, body));
        }
        for (Socket socket : open) {
          end(socket, body);
        }
        int turnedAway = 0;
        for (Socket socket : open) {
          String answer = answer(socket);
          assertFalse(answer.contains(" 500 ") || answer.contains("damaged"), answer);
          turnedAway += answer.startsWith("HTTP/1.1 503 ") ? 1 : 0;
        }
        assertTrue(turnedAway > 0, "there was memory for all");
        Socket honest = begin(served, BLANK);
        end(honest, BLANK);
        assertStatus(200, answer(honest));
      }
      assertTrue(served.process.isAlive());
      assertEquals("", served.stderr());
    }
  }

  /** Requests that Jetty itself refuses do not get into the answers of others. */
  @Test
  void malformedRequestsDoNotAffectOthers() throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Soak.isOn() ? 60 : 3);
    byte[] malformed = bytes("GET /healthz HTTP/1.1\r\n\r\n");
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < 8; client++) {
      String mark = "mark" + client + "x";
      boolean honest = client < 3;
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; System.nanoTime() < until; i++) {
                  String path = "POST /v1/predict?" + mark + i;
                  byte[] own =
                      bytes(path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
                  String answer = exchange(served, honest ? own : malformed);
                  assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
                  assertTrue(!honest || answer.contains("no parameter " + mark + i + ";"), answer);
                }
              },
              task -> new Thread(task).start()));
    }
    clients.forEach(CompletableFuture::join);
  }

  private static String exchange(ServedModel served, byte[] request) {
    try {
      Socket socket = served.connect();
      send(socket, request);
      return answer(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jetty logs a wrong Host as it is; what a terminal would take as an order is shown. */
  @Test
  void callersDoNotReachTheTerminal() throws Exception {
    try (ServedModel served = new ServedModel(directory, model, "--verbose")) {
      Socket socket = served.connect();
      socket
          .getOutputStream()
          .write(
              "GET /\u009b HTTP/1.1\r\nHost: local\u009b0mhost\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertStatus(400, answer(socket));
      String stderr = served.stderr();
      assertTrue(stderr.contains("local\\x9b0mhost"), stderr);
      assertTrue(stderr.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), stderr);
    }
  }

  /** Sends a request but for its last byte. */
  private static Socket begin(ServedModel served, byte[] body) throws IOException {
    Socket socket = served.connect();
    socket.setSoTimeout(120_000);
    send(
        socket,
        bytes(
            "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length)));
    send(socket, Arrays.copyOf(body, body.length - 1));
    return socket;
  }

  private static void end(Socket socket, byte[] body) {
    send(socket, new byte[] {body[body.length - 1]});
  }

  private static void send(Socket socket, byte[] content) {
    try {
      socket.getOutputStream().write(content);
    } catch (IOException e) {
      // It has heard enough, and its answer says why.
    }
  }

  private static String answer(Socket socket) throws IOException {
    try (socket) {
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "hung up";
    }
  }

  private static String healthOf(ServedModel served) throws IOException {
    Socket socket = served.connect();
    send(socket, bytes("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    return answer(socket);
  }

  /** Small as a file, and 48 MB as pixels. */
  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(4_000, 4_000, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(1);
    for (int dot = 0; dot < 50_000; dot++) {
      image.setRGB(random.nextInt(4_000), random.nextInt(4_000), -1);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
