package io.mnist4j.data.fetch;

import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.text.Durations;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLException;

/** A mirror on the web. */
final class HttpSource implements Mirror {
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_PORT = 65_535;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

  private final URI base;
  private final HttpClient client;
  private final HostLookup hosts;
  private final FetchSettings settings;

  /**
   * @param base address with a slash at its end
   * @param hosts what is known about the names of mirrors
   */
  HttpSource(URI base, HttpClient client, HostLookup hosts, FetchSettings settings) {
    this.base = base;
    this.client = client;
    this.hosts = hosts;
    this.settings = settings;
  }

  @Override
  public String name() {
    return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
  }

  @Override
  public ResponseBody open(String file, long offset)
      throws TransferException, InterruptedException {
    if (!hosts.knows(base.getHost())) {
      throw new TransferException(Remedy.UNREACHABLE, "unknown host");
    }
    URI uri = base.resolve(file);
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(uri, offset);
      BodyQueue body = new BodyQueue();
      response.body().subscribe(body);
      if (!REDIRECTS.contains(response.statusCode())) {
        return accept(response, body, offset);
      }
      body.cancel();
      uri = redirected(uri, response.headers().firstValue("Location").orElse(""));
    }
    throw new TransferException(
        Remedy.NEXT_MIRROR, "redirected more than %d times".formatted(MAX_REDIRECTS));
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(URI uri, long offset)
      throws TransferException, InterruptedException {
    try {
      return client.send(request(uri, offset), BodyHandlers.ofPublisher());
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
    if (e instanceof HttpConnectTimeoutException) {
      return new TransferException(
          Remedy.UNREACHABLE, "no connection within " + Durations.text(settings.connectTimeout()));
    }
    if (e instanceof HttpTimeoutException) {
      return new TransferException(
          Remedy.TRY_AGAIN, "no answer for " + Durations.text(settings.stallTimeout()));
    }
    if (e instanceof ConnectException) {
      // Which of the two it was, the HTTP client does not tell.
      return new TransferException(
          Remedy.UNREACHABLE,
          isUnresolved(e) ? "unknown host" : "connection refused or network unreachable");
    }
    if (e instanceof SSLException) {
      return new TransferException(Remedy.UNREACHABLE, "no secure connection: " + e.getMessage());
    }
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Tunnel failed")) {
      return new TransferException(Remedy.UNREACHABLE, "the proxy refuses: " + message);
    }
    return new TransferException(Remedy.TRY_AGAIN, "the connection was cut");
  }

  private static boolean isUnresolved(Throwable e) {
    return e instanceof UnresolvedAddressException
        || (e.getCause() != null && isUnresolved(e.getCause()));
  }

  private ResponseBody accept(
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, BodyQueue body, long offset)
      throws TransferException {
    boolean accepted = false;
    try {
      ResponseBody responseBody = transfer(response, body, offset);
      accepted = true;
      return responseBody;
    } finally {
      if (!accepted) {
        body.cancel();
      }
    }
  }

  private ResponseBody transfer(HttpResponse<?> response, BodyQueue body, long offset)
      throws TransferException {
    int status = response.statusCode();
    if (status == 200) {
      long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      return new HttpTransfer(body, 0, total, settings.stallTimeout());
    }
    if (status == 206 && offset > 0) {
      Optional<ContentRange> range =
          response.headers().firstValue("Content-Range").flatMap(ContentRange::parse);
      if (range.isEmpty() || range.get().first() != offset) {
        throw new TransferException(Remedy.START_OVER, "sent another range than was asked for");
      }
      return new HttpTransfer(body, offset, range.get().total(), settings.stallTimeout());
    }
    if (status == 416 && offset > 0) {
      throw new TransferException(Remedy.START_OVER, "has nothing after what is there");
    }
    if (status >= 500 || TEMPORARY.contains(status)) {
      throw new TransferException(Remedy.TRY_AGAIN, "HTTP " + status, askedPause(response));
    }
    throw new TransferException(Remedy.NEXT_MIRROR, "HTTP " + status);
  }

  private static Optional<Duration> askedPause(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(header -> RetryAfter.parse(header, Instant.now()));
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
