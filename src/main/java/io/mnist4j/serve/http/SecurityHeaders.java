package io.mnist4j.serve.http;

import java.util.Map;
import org.eclipse.jetty.server.Response;

/** What browsers are told about every response: nothing from elsewhere, nothing for elsewhere. */
final class SecurityHeaders {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Referrer-Policy",
          "no-referrer",
          "X-Content-Type-Options",
          "nosniff");

  private SecurityHeaders() {}

  static void addTo(Response response) {
    HEADERS.forEach(response.getHeaders()::put);
  }
}
