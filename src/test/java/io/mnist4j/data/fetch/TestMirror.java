package io.mnist4j.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mirror on loopback that serves files as a good server does, Range included, once it has
 * misbehaved as it was told to.
 */
public final class TestMirror implements AutoCloseable {
  /** Quick enough for tests, slow enough for a busy machine. */
  public static final FetchSettings SETTINGS =
      new FetchSettings(
          List.of(),
          ProxySelector.of(null),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          3,
          Duration.ofMillis(10),
          Duration.ofSeconds(2));

  /** What one request gets. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange, byte[] content) throws IOException, InterruptedException;
  }

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files;
  private final Deque<Answer> first = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Answer then = TestMirror::serve;

  /**
   * @param files name → content
   */
  public TestMirror(Map<String, byte[]> files) throws IOException {
    this.files = files;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Serves IDX files, gzipped. */
  static TestMirror of(Map<FileRole, byte[]> files) throws IOException {
    Map<String, byte[]> named = new TreeMap<>();
    files.forEach((role, content) -> named.put(role.gzipName(), IdxFixture.gzip(content)));
    return new TestMirror(named);
  }

  /** Answers the first requests like this, one each. */
  public TestMirror first(Answer... answers) {
    first.addAll(List.of(answers));
    return this;
  }

  /** Answers all further requests like this. */
  public TestMirror then(Answer answer) {
    then = answer;
    return this;
  }

  /** Each request: the path without its slash, and the Range if there was one. */
  public List<String> requests() {
    return requests;
  }

  /** The base address. */
  public String base() {
    return "http://" + name() + "/";
  }

  /** Host and port. */
  String name() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String name = exchange.getRequestURI().getPath().substring(1);
    requests.add(range == null ? name : name + " " + range);
    Answer answer;
    synchronized (first) {
      answer = first.isEmpty() ? then : first.remove();
    }
    try (exchange) {
      answer.to(exchange, files.get(name.substring(name.lastIndexOf('/') + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As it should be. */
  public static void serve(HttpExchange exchange, byte[] content) throws IOException {
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    String asked = exchange.getRequestHeaders().getFirst("Range");
    Matcher range = RANGE.matcher(asked == null ? "" : asked);
    int start = range.matches() ? Integer.parseInt(range.group(1)) : 0;
    if (start >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range.matches()) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(range.matches() ? 206 : 200, content.length - start);
    exchange.getResponseBody().write(content, start, content.length - start);
  }

  /** The whole file, whatever Range is asked for. */
  static void ignoreRange(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }

  /** Says 206 and sends another part. */
  static void wrongRange(HttpExchange exchange, byte[] content) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes 1-%d/%d".formatted(content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - 1);
    exchange.getResponseBody().write(content, 1, content.length - 1);
  }

  static Answer status(int status, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  static Answer redirect(String location) {
    return status(302, "Location", location);
  }

  /** Something else instead of the file. */
  static Answer body(byte[] body) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  static Answer html() {
    return body("<!doctype html><title>Log in</title>".getBytes(StandardCharsets.UTF_8));
  }

  /** Announces the whole file and hangs up after some bytes. */
  static Answer cutAfter(int bytes) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      throw new IOException("cut");
    };
  }

  /** Announces the whole file and says no more after some bytes, until the mirror is closed. */
  public Answer stallAfter(int bytes) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      closed.await();
    };
  }

  /** Never answers. */
  Answer silence() {
    return (exchange, content) -> closed.await();
  }

  /** The file in small pieces, as it should be otherwise. */
  public static Answer slow(int pieces, Duration pause) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      OutputStream out = exchange.getResponseBody();
      for (int i = 0; i < pieces; i++) {
        int from = (int) ((long) content.length * i / pieces);
        out.write(content, from, (int) ((long) content.length * (i + 1) / pieces) - from);
        out.flush();
        Thread.sleep(pause.toMillis());
      }
    };
  }

  /** More and more bytes, with no length. */
  static void endless(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    while (true) {
      exchange.getResponseBody().write(content);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
