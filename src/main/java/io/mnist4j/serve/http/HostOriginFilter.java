package io.mnist4j.serve.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps pages of other sites, open in a browser that can reach this server, from using it: by a
 * name of their own that they let point here (DNS rebinding), or by a request across sites.
 * Programs that are no browsers are not kept out by it.
 */
public final class HostOriginFilter extends Handler.Wrapper {
  private final Set<String> names;
  private final Set<String> origins;

  /**
   * @param names by which the server may be called besides by IP addresses, in lower case
   * @param origins whose pages may use the server besides its own, in lower case
   */
  public HostOriginFilter(Set<String> names, Set<String> origins, Handler next) {
    super(origins.isEmpty() ? next : crossOrigin(origins, next));
    this.names = Set.copyOf(names);
    this.origins = Set.copyOf(origins);
  }

  /** Says to browsers what pages of these origins may do, which Fetch calls CORS. */
  private static Handler crossOrigin(Set<String> origins, Handler next) {
    CrossOriginHandler handler = new CrossOriginHandler();
    handler.setHandler(next);
    handler.setAllowedOriginPatterns(
        origins.stream().map(origin -> "(?i)" + Pattern.quote(origin)).collect(Collectors.toSet()));
    handler.setAllowedMethods(Set.of("GET", "POST"));
    handler.setAllowedHeaders(Set.of("Content-Type"));
    handler.setAllowCredentials(false);
    return handler;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Responses.addSecurityHeaders(response);
    try {
      checkHost(request);
      if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
        checkOrigin(request);
      }
    } catch (Problem problem) {
      return Responses.refusal(request, response, callback, problem);
    }
    return super.handle(request, response, callback);
  }

  /** An address cannot be rebound: a client that calls by it means this machine. */
  private void checkHost(Request request) throws Problem {
    String host = Request.getServerName(request);
    if (host == null || host.isEmpty()) {
      throw new Problem(400, "the request has no Host header");
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (!isAddress(name) && !names.contains(name)) {
      throw new Problem(
          421,
          "this server does not answer to the name %s; it has to be started with that name allowed"
              .formatted(name));
    }
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");
  }

  private void checkOrigin(Request request) throws Problem {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && origins.contains(origin.toLowerCase(Locale.ROOT))) {
      return;
    }
    boolean ownPage = site == null || site.equals("same-origin") || site.equals("none");
    if (!ownPage || (origin != null && !authority(origin).equals(ownAuthority(request)))) {
      throw new Problem(
          403, "pages of other sites may not use this server", Map.of("Vary", "Origin"));
    }
  }

  /** The scheme is left out: a proxy that adds TLS in front of this server changes it. */
  private static String authority(String origin) {
    try {
      URI uri = URI.create(origin);
      String host = uri.getHost();
      return host == null ? "" : withPort(host, uri.getPort());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String ownAuthority(Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    return host == null ? "" : authority("http://" + host);
  }

  private static String withPort(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return port < 0 || port == 80 || port == 443 ? name : name + ":" + port;
  }
}
