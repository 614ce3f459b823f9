package io.mnist4j.serve.http;

import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Which path is answered by what: whole paths only, so there is nothing to climb out of. */
public final class Routes extends Handler.Abstract {
  private final Map<String, Route> routes;

  /**
   * Something at a path.
   *
   * @param method GET, which HEAD goes with, or POST
   */
  public record Route(String method, Request.Handler handler) {
    public static Route get(Request.Handler handler) {
      return new Route("GET", handler);
    }

    public static Route post(Request.Handler handler) {
      return new Route("POST", handler);
    }

    boolean takes(String asked) {
      return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    String allowed() {
      return method.equals("GET") ? "GET, HEAD, OPTIONS" : method + ", OPTIONS";
    }
  }

  public Routes(Map<String, Route> routes) {
    this.routes = Map.copyOf(routes);
  }

  /** All paths that there are. */
  public Set<String> paths() {
    return routes.keySet();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Route route = routes.get(Request.getPathInContext(request));
    if (route == null) {
      Responses.refusal(
          request,
          response,
          callback,
          new Problem(404, "there is nothing here; /v1/model is, for example"));
      return true;
    }
    String method = request.getMethod();
    if (method.equals("OPTIONS")) {
      response.getHeaders().put(HttpHeader.ALLOW, route.allowed());
      response.setStatus(204);
      callback.succeeded();
      return true;
    }
    if (!route.takes(method)) {
      return Responses.refusal(
          request,
          response,
          callback,
          new Problem(
              405,
              "%s takes %s".formatted(request.getHttpURI().getPath(), route.method()),
              Map.of("Allow", route.allowed())));
    }
    return route.handler().handle(request, response, callback);
  }
}
