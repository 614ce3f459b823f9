package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private static final int LIMIT = 100;

  private final BodyReader.Memory memory = new BodyReader.Memory(150);

  /** Repeats the body, and says how much memory it took. */
  private LocalServer echo() throws Exception {
    return LocalServer.of(
        (request, response, callback) -> {
          BodyReader reader = new BodyReader(request, LIMIT, memory);
          Callback released = Callback.from(callback, reader::release);
          reader
              .read(1)
              .thenAccept(
                  body ->
                      Responses.text(
                          response,
                          released,
                          "text/plain",
                          new String(body, StandardCharsets.UTF_8) + "|" + memory.taken()))
              .exceptionally(
                  failure -> {
                    Responses.problem(response, released, (Problem) failure.getCause());
                    return null;
                  });
          return true;
        });
  }

  @Test
  void aBodyIsReadWholeAndItsMemoryGivenBack() throws Exception {
    try (LocalServer server = echo()) {
      String body = "x".repeat(LIMIT);
      assertTrue(server.post("/", body).endsWith("\r\n\r\n" + body + "|" + LIMIT));
      // It is given back once the answer is on its way.
      awaitTaken(0);
      String chunked =
          server.send(
              "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked",
              "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      assertTrue(chunked.endsWith("\r\n\r\nabcde|5"), chunked);
      awaitTaken(0);
      assertTrue(server.post("/", "").endsWith("\r\n\r\n|0"));
      awaitTaken(0);
    }
  }

  @Test
  void aBodyThatIsTooLongIsReadButNotKept() throws Exception {
    try (LocalServer server = echo()) {
      String response = server.post("/", "x".repeat(LIMIT + 1));
      assertTrue(response.startsWith("HTTP/1.1 413 "), response);
      assertTrue(response.contains("longer than 100 bytes, the limit of this server"), response);
      awaitTaken(0);
    }
  }

  @Test
  void aBodyThatIsFarTooLongIsNotRead() throws Exception {
    try (LocalServer server = echo()) {
      String head = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 1000000";
      assertTrue(server.send(head, "x").startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void aBodyThatStopsIsGivenUp() throws Exception {
    try (LocalServer server = echo()) {
      String head = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 5";
      String response = server.send(head, "x");
      assertTrue(response.startsWith("HTTP/1.1 408 "), response);
      assertTrue(response.contains("did not come in whole within 1 seconds"), response);
      awaitTaken(0);
    }
  }

  @Test
  void memoryIsSharedByAllBodies() throws Exception {
    assertTrue(memory.take(100));
    try (LocalServer server = echo()) {
      String response = server.post("/", "x".repeat(60));
      assertTrue(response.startsWith("HTTP/1.1 503 "), response);
      assertTrue(response.contains("Retry-After: 1\r\n"), response);
      awaitTaken(100);
      memory.giveBack(100);
      assertFalse(server.post("/", "x".repeat(60)).contains(" 503 "));
    }
  }

  /** Memory is given back when the response is out, which its receiver may see first. */
  private void awaitTaken(long bytes) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (memory.taken() != bytes && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    assertEquals(bytes, memory.taken());
  }
}
