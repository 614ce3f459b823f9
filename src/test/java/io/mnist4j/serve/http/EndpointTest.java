package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointTest {
  private LocalServer server;

  @BeforeEach
  void start() throws Exception {
    Request.Handler path =
        (request, response, callback) ->
            Responses.text(response, callback, "text/plain", Request.getPathInContext(request));
    server =
        new LocalServer(
            Endpoint.mappings(
                Map.of(
                    "/",
                    Endpoint.get(path),
                    "/a/b",
                    Endpoint.get(path),
                    "/c",
                    Endpoint.post(path))));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void wholePathsAreMatched() throws Exception {
    for (String path : new String[] {"/", "/a/b"}) {
      String response = server.respond("GET", path);
      assertTrue(response.startsWith("HTTP/1.1 200 ") && response.endsWith(path), response);
    }
    for (String path : new String[] {"/a", "/a/b/", "/a/b/c", "/A/b", "/c.html"}) {
      String response = server.respond("GET", path);
      assertTrue(response.startsWith("HTTP/1.1 404 "), response);
      assertTrue(response.contains("there is nothing here"), response);
    }
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    String response = server.respond("HEAD", "/a/b");
    assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    assertTrue(response.contains("Content-Length: 4\r\n"), response);
    assertTrue(response.endsWith("\r\n\r\n"), response);
  }

  @Test
  void otherMethodsAreToldWhatIsAllowed() throws Exception {
    String post = server.post("/a/b", "x");
    assertTrue(post.startsWith("HTTP/1.1 405 "), post);
    assertTrue(post.contains("Allow: GET, HEAD, OPTIONS\r\n"), post);
    assertTrue(post.contains("\"detail\":\"/a/b takes GET\""), post);
    // The body was not read, so that nothing may follow it.
    assertTrue(post.contains("Connection: close\r\n"), post);
    String head = server.respond("HEAD", "/c");
    assertTrue(head.startsWith("HTTP/1.1 405 "), head);
    assertTrue(head.contains("Allow: POST, OPTIONS\r\n"), head);
    assertFalse(head.contains("Connection: close"), head);
  }

  @Test
  void optionsAreListed() throws Exception {
    String response = server.respond("OPTIONS", "/c");
    assertTrue(response.startsWith("HTTP/1.1 204 "), response);
    assertEquals("POST, OPTIONS", response.replaceAll("(?s).*Allow: ([^\r]*).*", "$1"));
  }
}
