package io.mnist4j.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** A page in headless Chromium, driven by the DevTools protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 30;
  private static final Path PORT_FILE = Path.of("DevToolsActivePort");

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final StringBuilder message = new StringBuilder();

  /** The browser of this machine: $CHROMIUM, or where systems have it. */
  static Optional<Path> find() {
    return Stream.of(
            System.getenv().getOrDefault("CHROMIUM", ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a browser with an empty page.
   *
   * @param profile an empty folder
   */
  Chromium(Path browser, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                // In containers there is no other sandbox to be had, and the page is our own.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start();
    HttpClient client = HttpClient.newHttpClient();
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(pageSocket(client, profile.resolve(PORT_FILE)), this)
            .get(SECONDS, TimeUnit.SECONDS);
    call("Page.enable", Map.of());
  }

  private URI pageSocket(HttpClient client, Path portFile) throws Exception {
    for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        System.nanoTime() < until && process.isAlive();
        Thread.sleep(50)) {
      List<String> lines = Files.exists(portFile) ? Files.readAllLines(portFile) : List.of();
      if (lines.size() < 2) {
        continue;
      }
      URI list = URI.create("http://127.0.0.1:" + lines.get(0) + "/json/list");
      String targets =
          client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
      for (JsonNode target : JSON.readTree(targets)) {
        if (target.get("type").asText().equals("page")) {
          return URI.create(target.get("webSocketDebuggerUrl").asText());
        }
      }
    }
    throw new IOException("the browser does not start");
  }

  /** Sends a command and waits for its result. */
  JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = lastId.incrementAndGet();
    ObjectNode command = JSON.createObjectNode();
    command.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    socket.sendText(command.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode answer = reply.get(SECONDS, TimeUnit.SECONDS);
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return answer.get("result");
  }

  /** Opens an address, and returns when the page has run its scripts. */
  void open(URI uri) throws Exception {
    call("Page.navigate", Map.of("url", uri.toString()));
    await("document.readyState === 'complete' && location.href === '" + uri + "'");
  }

  /** The value of an expression; promises are waited for. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** The text of the first element that a selector finds. */
  String text(String selector) throws Exception {
    return evaluate("document.querySelector('" + selector + "').textContent").asText();
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    for (long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        System.nanoTime() < until;
        Thread.sleep(20)) {
      if (evaluate(expression).asBoolean()) {
        return;
      }
    }
    throw new IOException(
        "never true: " + expression + "; the page says " + evaluate("document.body.innerText"));
  }

  /** Presses and lets go of a key. */
  void press(String key) throws Exception {
    Map<String, Integer> codes =
        Map.of(
            "ArrowLeft",
            37,
            "ArrowUp",
            38,
            "ArrowRight",
            39,
            "ArrowDown",
            40,
            " ",
            32,
            "Tab",
            9,
            "Backspace",
            8,
            "Delete",
            46,
            "Enter",
            13);
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "windowsVirtualKeyCode",
              codes.get(key),
              "text",
              type.equals("keyDown") && key.equals(" ") ? " " : ""));
    }
  }

  /** The window's content as PNG. */
  byte[] screenshot() throws Exception {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText());
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      try {
        JsonNode received = JSON.readTree(message.toString());
        CompletableFuture<JsonNode> reply = replies.remove(received.path("id").asInt());
        if (reply != null) {
          reply.complete(received);
        }
      } catch (IOException e) {
        replies.values().forEach(reply -> reply.completeExceptionally(e));
      }
      message.setLength(0);
    }
    return WebSocket.Listener.super.onText(webSocket, data, last);
  }

  @Override
  public void close() throws Exception {
    // Asked politely, it takes its temporary files with it.
    call("Browser.close", Map.of());
    process.waitFor(SECONDS, TimeUnit.SECONDS);
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
