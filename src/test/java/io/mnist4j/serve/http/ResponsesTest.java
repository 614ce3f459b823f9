package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;

class ResponsesTest {

  @Test
  void jsonEndsWithALineBreakAndIsNotStored() throws Exception {
    try (LocalServer server =
        LocalServer.of(
            (request, response, callback) ->
                Responses.json(
                    response, callback, JsonNodeFactory.instance.objectNode().put("ü", 1)))) {
      String response = server.respond("GET", "/");
      assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
      assertTrue(response.contains("Content-Type: application/json\r\n"), response);
      assertTrue(response.contains("Cache-Control: no-store\r\n"), response);
      assertTrue(response.contains("Content-Length: 9\r\n"), response);
      assertTrue(response.endsWith("}\n"), response);
    }
  }

  @Test
  void aProblemIsADocumentWithItsHeaders() throws Exception {
    Problem problem = new Problem(429, "too \"many\"", Map.of("Retry-After", "7"));
    try (LocalServer server =
        LocalServer.of(
            (request, response, callback) -> Responses.problem(response, callback, problem))) {
      String response = server.respond("GET", "/");
      assertTrue(response.startsWith("HTTP/1.1 429 "), response);
      assertTrue(response.contains("Retry-After: 7\r\n"), response);
      assertTrue(
          response.endsWith(
              "{\"title\":\"Too Many Requests\",\"status\":429,\"detail\":\"too \\\"many\\\"\"}\n"),
          response);
    }
  }

  @Test
  void busyMayBeTriedAgain() {
    Problem busy = Problem.busy("wait");
    assertEquals(503, busy.status());
    assertEquals("wait", busy.getMessage());
    assertEquals(Map.of("Retry-After", "1"), busy.headers());
    assertEquals(0, busy.getStackTrace().length);
  }
}
