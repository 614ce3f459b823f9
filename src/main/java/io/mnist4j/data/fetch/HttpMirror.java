package io.mnist4j.data.fetch;

import io.mnist4j.data.fetch.ResponseHeaders.ContentRange;
import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.text.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A mirror on the web. */
final class HttpMirror implements Mirror {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_PORT = 65_535;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

  private final URI base;
  private final HttpClient client;
  private final FetchSettings settings;
  private final CompletableFuture<Boolean> hostExists;

  /**
   * Looks the host up at once, beside those of other mirrors: without a network the system's
   * resolver may take ten seconds and more for each, and no timeout of the HTTP client covers that.
   *
   * @param base address with a slash at its end
   */
  HttpMirror(URI base, HttpClient client, FetchSettings settings) {
    this.base = base;
    this.client = client;
    this.settings = settings;
    // Behind a proxy the proxy looks names up, and this machine may be unable to.
    boolean direct =
        settings.proxies().select(base).stream()
            .allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
    hostExists =
        direct
            ? CompletableFuture.supplyAsync(
                    () -> exists(base.getHost()),
                    task -> ResponseBody.daemon(task, "look up " + base.getHost()).start())
                .completeOnTimeout(
                    false, settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            : CompletableFuture.completedFuture(true);
  }

  private static boolean exists(String host) {
    try {
      return InetAddress.getAllByName(host).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
  }

  @Override
  public ResponseBody open(String file, long offset)
      throws TransferException, InterruptedException {
    if (!hostExists.join()) {
      throw new TransferException(Remedy.UNREACHABLE, "unknown host");
    }
    URI uri = base.resolve(file);
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = send(uri, offset);
      boolean accepted = false;
      try {
        if (!REDIRECTS.contains(response.statusCode())) {
          ResponseBody body = accept(response, offset);
          accepted = true;
          return body;
        }
        uri = redirected(uri, response.headers().firstValue("Location").orElse(""));
      } finally {
        if (!accepted) {
          close(response);
        }
      }
    }
    throw new TransferException(
        Remedy.NEXT_MIRROR, "redirected more than %d times".formatted(MAX_REDIRECTS));
  }

  private static void close(HttpResponse<InputStream> response) {
    try {
      response.body().close();
    } catch (IOException e) {
      // Its bytes are not wanted.
    }
  }

  private HttpResponse<InputStream> send(URI uri, long offset)
      throws TransferException, InterruptedException {
    try {
      return client.send(request(uri, offset), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw failure(e);
    } catch (IllegalArgumentException e) {
      // Of a host name that cannot be one.
      throw new TransferException(Remedy.UNREACHABLE, "no web address: " + e.getMessage());
    }
  }

  private HttpRequest request(URI uri, long offset) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(settings.connectTimeout().plus(settings.stallTimeout()))
            .header("User-Agent", "mnist4j");
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    return request.build();
  }

  private TransferException failure(IOException e) {
    if (e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)) {
      return new TransferException(
          Remedy.TRY_AGAIN, "no answer for " + Durations.text(settings.stallTimeout()));
    }
    String message = String.valueOf(e.getMessage());
    String unreachable = null;
    if (e instanceof HttpConnectTimeoutException) {
      unreachable = "no connection within " + Durations.text(settings.connectTimeout());
    } else if (e instanceof ConnectException) {
      // The HTTP client does not tell which of the last two it was.
      unreachable = isUnresolved(e) ? "unknown host" : "connection refused or network unreachable";
    } else if (e instanceof SSLException) {
      unreachable = "no secure connection: " + message;
    } else if (message.startsWith("Tunnel failed")) {
      unreachable = "the proxy refuses: " + message;
    }
    return unreachable == null ? wasCut() : new TransferException(Remedy.UNREACHABLE, unreachable);
  }

  private static boolean isUnresolved(Throwable e) {
    return e instanceof UnresolvedAddressException
        || (e.getCause() != null && isUnresolved(e.getCause()));
  }

  private static TransferException wasCut() {
    return new TransferException(Remedy.TRY_AGAIN, "the connection was cut");
  }

  private ResponseBody accept(HttpResponse<InputStream> response, long offset)
      throws TransferException {
    int status = response.statusCode();
    if (status == 200) {
      return body(response, 0, response.headers().firstValueAsLong("Content-Length").orElse(-1));
    }
    if (status == 206 && offset > 0) {
      Optional<ContentRange> range =
          response.headers().firstValue("Content-Range").flatMap(ResponseHeaders::contentRange);
      if (range.isEmpty() || range.get().first() != offset) {
        throw new TransferException(Remedy.START_OVER, "sent another range than was asked for");
      }
      return body(response, offset, range.get().total());
    }
    if (status == 416 && offset > 0) {
      throw new TransferException(Remedy.START_OVER, "has nothing after what is there");
    }
    if (status >= 500 || TEMPORARY.contains(status)) {
      Optional<Duration> pause =
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(header -> ResponseHeaders.retryAfter(header, Instant.now()));
      throw new TransferException(Remedy.TRY_AGAIN, "HTTP " + status, pause);
    }
    throw new TransferException(Remedy.NEXT_MIRROR, "HTTP " + status);
  }

  private ResponseBody body(HttpResponse<InputStream> response, long start, long total) {
    return new ResponseBody(response.body(), start, total, settings.stallTimeout(), e -> wasCut());
  }

  /** Where a redirect leads. */
  static URI redirected(URI from, String location) throws TransferException {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new TransferException(Remedy.NEXT_MIRROR, "redirects to no address: " + location);
    }
    boolean secure = "https".equals(to.getScheme());
    boolean web = secure || "http".equals(to.getScheme());
    if (location.isEmpty() || !web || to.getHost() == null || to.getPort() > MAX_PORT) {
      throw new TransferException(Remedy.NEXT_MIRROR, "redirects to no web address");
    }
    if ("https".equals(from.getScheme()) && !secure) {
      throw new TransferException(
          Remedy.NEXT_MIRROR, "redirects from https to http, which is refused");
    }
    return to;
  }
}
