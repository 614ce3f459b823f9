package io.mnist4j.serve.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Jetty without a socket: text of a request in, text of its response out. */
public final class LocalServer implements AutoCloseable {
  private final Server server = new Server(null, null, new ByteBufferPool.NonPooling());
  private final LocalConnector connector = new LocalConnector(server);

  public LocalServer(Handler handler) throws Exception {
    server.addConnector(connector);
    server.setErrorHandler(new ProblemErrorHandler());
    server.setHandler(handler);
    server.start();
  }

  public static LocalServer of(Request.Handler handler) throws Exception {
    return new LocalServer(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return handler.handle(request, response, callback);
          }
        });
  }

  /** Sends lines of a head, with an empty one after them, and a body. */
  public String send(String head, String body) throws Exception {
    String request = head.replace("\n", "\r\n") + "\r\n\r\n" + body;
    return connector.getResponse(request, head.startsWith("HEAD "), 20, TimeUnit.SECONDS);
  }

  /** Sends a request without a body to {@code localhost}. */
  public String respond(String method, String path) throws Exception {
    return respondTo(method + " " + path + " HTTP/1.1\nHost: localhost");
  }

  public String respondTo(String head) throws Exception {
    return send(head, "");
  }

  /** Sends a body to {@code localhost}. */
  public String post(String path, String body) throws Exception {
    return send(
        "POST %s HTTP/1.1\nHost: localhost\nContent-Length: %d".formatted(path, body.length()),
        body);
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
