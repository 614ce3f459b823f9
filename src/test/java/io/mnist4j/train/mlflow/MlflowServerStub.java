package io.mnist4j.train.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What MLflow's server answers to the calls of a run; it keeps what it was told. */
public final class MlflowServerStub implements AutoCloseable {
  private final HttpServer server;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final String artifacts;

  /** Where the answers are no longer those of a server that works: so many calls are answered. */
  private final int answered;

  /**
   * @param artifacts the address of the files of a run
   */
  public MlflowServerStub(String artifacts) throws IOException {
    this(artifacts, Integer.MAX_VALUE);
  }

  MlflowServerStub(String artifacts, int answered) throws IOException {
    this.artifacts = artifacts;
    this.answered = answered;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method, path and the body, or its length where it is a file; a line for each call. */
  public List<String> told() {
    return List.copyOf(told);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().toString();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String content =
        method.equals("PUT") ? body.length + " bytes" : new String(body, StandardCharsets.UTF_8);
    String user = exchange.getRequestHeaders().getFirst("Authorization");
    told.add(method + " " + path + " " + content + (user == null ? "" : " " + user));
    int status = told.size() > answered ? 500 : 200;
    String answer = "{}";
    if (path.contains("get-by-name")) {
      status = 404;
    } else if (path.endsWith("experiments/create")) {
      answer = "{\"experiment_id\": \"7\"}";
    } else if (path.endsWith("runs/create")) {
      answer =
          "{\"run\": {\"info\": {\"run_id\": \"r1\", \"artifact_uri\": \"%s\"}}}"
              .formatted(artifacts);
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
