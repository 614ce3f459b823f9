package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostOriginFilterTest {
  private LocalServer server;

  @BeforeEach
  void start() throws Exception {
    Endpoint ok =
        Endpoint.post(
            (request, response, callback) ->
                Responses.text(response, callback, "text/plain", "ok"));
    server =
        new LocalServer(
            new HostOriginFilter(
                Set.of("localhost", "digits.example"),
                Set.of("https://friend.example:8443"),
                Endpoint.mappings(Map.of("/p", ok))));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:8080, 200",
    "LOCALHOST, 200",
    "Digits.Example:80, 200",
    "127.0.0.1:8080, 200",
    "192.168.7.9, 200",
    "[::1]:8080, 200",
    "evil.example, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example, 421",
  })
  void addressesAndAllowedNamesAreAccepted(String host, int status) throws Exception {
    String response = server.respondTo("POST /p HTTP/1.1\nHost: " + host);
    assertEquals(status, status(response), response);
    assertTrue(response.contains("X-Content-Type-Options: nosniff\r\n"), response);
    assertTrue(response.contains("Content-Security-Policy: default-src 'none';"), response);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, 200",
    // A proxy in front may add TLS.
    "https://localhost:8080, 200",
    "http://localhost:9090, 403",
    "https://friend.example:8443, 200",
    "HTTPS://Friend.Example:8443, 200",
    "https://friend.example, 403",
    "http://evil.example, 403",
    "null, 403",
    "'not a URI', 403",
  })
  void pagesOfOtherOriginsMayNotPost(String origin, int status) throws Exception {
    String response = server.respondTo("POST /p HTTP/1.1\nHost: localhost:8080\nOrigin: " + origin);
    assertEquals(status, status(response), response);
  }

  @ParameterizedTest
  @CsvSource({"same-origin, 200", "none, 200", "same-site, 403", "cross-site, 403"})
  void browsersSayWhereARequestComesFrom(String site, int status) throws Exception {
    String response =
        server.respondTo("POST /p HTTP/1.1\nHost: localhost\nSec-Fetch-Site: " + site);
    assertEquals(status, status(response), response);
  }

  @Test
  void getIsNotAskedForItsOrigin() throws Exception {
    String response =
        server.respondTo("GET /p HTTP/1.1\nHost: localhost\nOrigin: http://evil.example");
    assertEquals(405, status(response), response);
  }

  private static int status(String response) {
    return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
  }
}
