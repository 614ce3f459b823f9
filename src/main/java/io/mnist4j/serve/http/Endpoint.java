package io.mnist4j.serve.http;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;

/** What responds at one path, to one method; other methods are refused with {@code Allow}. */
public final class Endpoint extends Handler.Wrapper {
  private final String method;

  private Endpoint(String method, Handler handler) {
    super(handler);
    this.method = method;
  }

  /** Takes GET, and HEAD with it. */
  public static Endpoint get(Handler handler) {
    return new Endpoint("GET", handler);
  }

  /** Takes GET, and HEAD with it. */
  public static Endpoint get(Request.Handler handler) {
    return get(handler(handler));
  }

  /** As {@link #get(Request.Handler)}, and responds with a document, see {@link Responses#json}. */
  public static Endpoint json(Object document) {
    return get((request, response, callback) -> Responses.json(response, callback, document));
  }

  /** As {@link #json(Object)}, of a document that is made for each response. */
  public static Endpoint json(Supplier<?> document) {
    return get((request, response, callback) -> Responses.json(response, callback, document.get()));
  }

  public static Endpoint post(Request.Handler handler) {
    return new Endpoint("POST", handler(handler));
  }

  /**
   * All endpoints, each at a whole path; any other path is a problem with status 404.
   *
   * @param endpoints by their paths, such as {@code /v1/model}
   */
  public static Handler mappings(Map<String, Endpoint> endpoints) {
    PathMappingsHandler mappings =
        new PathMappingsHandler() {
          /** Jetty takes what matched off the path, but files are looked up by it. */
          @Override
          protected Request newPathSpecRequest(Request request, PathSpec spec) {
            return request;
          }
        };
    // To a servlet, the empty pattern is the root alone, and "/" is any path that is left.
    endpoints.forEach(
        (path, endpoint) ->
            mappings.addMapping(new ServletPathSpec(path.equals("/") ? "" : path), endpoint));
    mappings.addMapping(
        new ServletPathSpec("/"),
        handler(
            (request, response, callback) ->
                Responses.refusal(
                    request,
                    response,
                    callback,
                    new Problem(404, "there is nothing here; /v1/model is, for example"))));
    return mappings;
  }

  private static Handler handler(Request.Handler handler) {
    return new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        return handler.handle(request, response, callback);
      }
    };
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String asked = request.getMethod();
    String allowed = method.equals("GET") ? "GET, HEAD, OPTIONS" : method + ", OPTIONS";
    if (asked.equals("OPTIONS")) {
      response.getHeaders().put(HttpHeader.ALLOW, allowed);
      response.setStatus(204);
      callback.succeeded();
      return true;
    }
    if (!asked.equals(method) && !(asked.equals("HEAD") && method.equals("GET"))) {
      return Responses.refusal(
          request,
          response,
          callback,
          new Problem(
              405,
              "%s takes %s".formatted(request.getHttpURI().getPath(), method),
              Map.of("Allow", allowed)));
    }
    return super.handle(request, response, callback);
  }
}
