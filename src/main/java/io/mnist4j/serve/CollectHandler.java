package io.mnist4j.serve;

import io.mnist4j.serve.http.BodyReader;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.serve.http.Responses;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/** {@code POST /v1/collect}: HTTP around {@link CollectedImages}. */
final class CollectHandler implements Request.Handler, AutoCloseable {
  private static final int WAITING = 64;

  private final CollectedImages images;
  private final int timeoutSeconds;
  private final BodyReader.Memory memory;
  private final Consumer<Throwable> failures;
  private final DeadlineExecutor writer = new DeadlineExecutor("collect", 1, WAITING);

  /**
   * @param memory for all bodies that are held at once
   * @param failures takes what should not have happened
   */
  CollectHandler(
      CollectedImages images,
      int timeoutSeconds,
      BodyReader.Memory memory,
      Consumer<Throwable> failures) {
    this.images = images;
    this.timeoutSeconds = timeoutSeconds;
    this.memory = memory;
    this.failures = failures;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    BodyReader reader = new BodyReader(request, images.mostBytes(), memory);
    Callback released = Callback.from(callback, reader::release);
    reader
        .read(timeoutSeconds)
        .thenCompose(
            body ->
                writer.submit(
                    () -> save(body), NanoTime.now() + TimeUnit.SECONDS.toNanos(timeoutSeconds)))
        .thenAccept(saved -> Responses.json(response, released, saved))
        .exceptionally(
            failure -> {
              PredictHandler.fail(request, response, released, failure, failures);
              return null;
            });
    return true;
  }

  private CollectedImages.Saved save(byte[] body) throws Problem {
    try {
      return images.save(body);
    } catch (IOException e) {
      throw new Problem(507, "the picture cannot be saved: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
