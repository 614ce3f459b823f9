package io.mnist4j.serve.http;

import io.mnist4j.text.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/** Writes whole responses, and returns true, as what handles a request does. */
public final class Responses {
  /** What browsers are told: this server takes nothing from other sites, and gives them nothing. */
  private static final Map<String, String> SECURITY_HEADERS =
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

  /**
   * @param error the detail again, as the Open Inference Protocol calls it; null for others
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Details(String title, int status, String detail, String error) {}

  private Responses() {}

  static void addSecurityHeaders(Response response) {
    SECURITY_HEADERS.forEach(response.getHeaders()::put);
  }

  /** A document of records, maps and lists. */
  public static boolean json(Response response, Callback callback, Object document) {
    return fresh(response, callback, 200, "application/json", Json.line(document) + "\n");
  }

  public static boolean text(
      Response response, Callback callback, String contentType, String text) {
    return fresh(response, callback, 200, contentType, text);
  }

  /** A problem that was seen before the body was read: Jetty then closes the connection. */
  public static boolean refusal(
      Request request, Response response, Callback callback, Problem problem) {
    HttpFields headers = request.getHeaders();
    if (headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0
        || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    return problem(response, callback, problem);
  }

  public static boolean problem(Response response, Callback callback, Problem problem) {
    problem.headers().forEach(response.getHeaders()::put);
    int status = problem.status();
    Details details =
        new Details(
            HttpStatus.getMessage(status),
            status,
            problem.getMessage(),
            problem.isError() ? problem.getMessage() : null);
    return fresh(response, callback, status, "application/problem+json", Json.line(details) + "\n");
  }

  /** A response that must not be kept, for the next one differs. */
  private static boolean fresh(
      Response response, Callback callback, int status, String contentType, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    response.write(true, ByteBuffer.wrap(content), callback);
    return true;
  }
}
