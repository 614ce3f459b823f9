package io.mnist4j.serve.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Writes whole responses, and returns true, as what handles a request does. */
public final class Responses {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private Responses() {}

  public static boolean json(Response response, Callback callback, JsonNode document) {
    return fresh(response, callback, 200, JSON, document + "\n");
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
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("title", HttpStatus.getMessage(problem.status()));
    document.put("status", problem.status());
    document.put("detail", problem.getMessage());
    return fresh(response, callback, problem.status(), PROBLEM, document + "\n");
  }

  /** What is another one the next time. */
  private static boolean fresh(
      Response response, Callback callback, int status, String contentType, String text) {
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    return write(response, callback, status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  static boolean write(
      Response response, Callback callback, int status, String contentType, byte[] content) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    response.write(true, ByteBuffer.wrap(content), callback);
    return true;
  }
}
