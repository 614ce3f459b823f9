package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Test;

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
