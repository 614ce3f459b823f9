package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemErrorHandlerTest {

  @Test
  void malformedRequestsGetProblemDetails() throws Exception {
    try (LocalServer server = LocalServer.of((request, response, callback) -> false)) {
      String response = server.respondTo("GET /% HTTP/1.1\nHost: localhost");
      assertTrue(response.startsWith("HTTP/1.1 400 "), response);
      assertTrue(response.contains("Content-Type: application/problem+json\r\n"), response);
      assertTrue(response.contains("{\"title\":\"Bad Request\",\"status\":400,\"detail\":\""));
      assertTrue(response.contains("Referrer-Policy: no-referrer\r\n"), response);
      String long431 =
          server.respondTo("GET / HTTP/1.1\nHost: localhost\nX: " + "a".repeat(20_000));
      assertTrue(long431.startsWith("HTTP/1.1 431 "), long431);
      assertTrue(long431.contains("the headers of the request are too long"), long431);
    }
  }

  /** Else a client sends its next request into a connection that is being closed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/3.7",
        "GET /page%00 HTTP/1.1",
        "GET /../.. HTTP/1.1",
        "GET / HTTP/1.1x"
      })
  void aConnectionThatIsClosedIsAnnounced(String line) throws Exception {
    try (LocalServer server = LocalServer.of((request, response, callback) -> false)) {
      String response = server.respondTo(line + "\nHost: localhost");
      assertTrue(response.matches("(?s)HTTP/1.1 (400|505) .*"), response);
      assertTrue(response.contains("Connection: close\r\n"), response);
    }
  }

  @Test
  void failuresDoNotShowTheirInsides() throws Exception {
    try (LocalServer server =
        LocalServer.of(
            (request, response, callback) -> {
              Response.writeError(request, response, callback, new IllegalStateException("secret"));
              return true;
            })) {
      String response = server.respond("GET", "/");
      assertTrue(response.startsWith("HTTP/1.1 500 "), response);
      assertTrue(response.contains("this is a bug of mnist4j"), response);
      assertFalse(response.contains("secret"), response);
    }
  }
}
