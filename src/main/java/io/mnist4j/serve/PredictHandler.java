package io.mnist4j.serve;

import io.mnist4j.serve.http.BodyReader;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.serve.http.Responses;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * {@code POST /v1/predict} and those of other protocols: HTTP around a {@link PredictionPipeline}.
 */
final class PredictHandler implements Request.Handler {
  private final ServeSettings settings;
  private final Supplier<PredictionPipeline> pipeline;
  private final BodyReader.Memory memory;
  private final Consumer<Throwable> failures;
  private final Supplier<Protocol> protocols;

  /**
   * @param pipeline of the model that answers just now
   * @param protocols makes that of a request
   * @param memory for all bodies that are held at once
   * @param failures takes what should not have happened
   */
  PredictHandler(
      ServeSettings settings,
      Supplier<PredictionPipeline> pipeline,
      Supplier<Protocol> protocols,
      BodyReader.Memory memory,
      Consumer<Throwable> failures) {
    this.protocols = protocols;
    this.settings = settings;
    this.pipeline = pipeline;
    this.memory = memory;
    this.failures = failures;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long received = NanoTime.now();
    Protocol protocol = protocols.get();
    PredictQuery query;
    try {
      query = PredictQuery.of(request, protocol.range());
      checkEncoding(request);
    } catch (Problem problem) {
      return Responses.refusal(request, response, callback, protocol.refusal(problem));
    }
    BodyReader reader = new BodyReader(request, settings.maxBodyBytes(), memory);
    Callback released = Callback.from(callback, reader::release);
    String type = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.CONTENT_TYPE), "");
    pipeline
        .get()
        .respond(reader.read(settings.timeoutSeconds()), type, query, protocol, received)
        .thenAccept(document -> Responses.json(response, released, document))
        .exceptionally(
            failure -> {
              boolean refused = failure.getCause() instanceof Problem;
              Throwable worded = refused ? protocol.refusal((Problem) failure.getCause()) : failure;
              fail(request, response, released, worded, failures);
              return null;
            });
    return true;
  }

  private static void checkEncoding(Request request) throws Problem {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(415, "send the body without Content-Encoding: " + encoding);
    }
  }

  /** Answers with what went wrong; what should not have happened goes to {@code failures}, too. */
  static void fail(
      Request request,
      Response response,
      Callback callback,
      Throwable failure,
      Consumer<Throwable> failures) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Problem problem) {
      if (problem.status() == 408 || problem.status() == 413) {
        // The rest of the body may still be on its way.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      Responses.problem(response, callback, problem);
    } else if (cause instanceof OutOfMemoryError) {
      Responses.problem(response, callback, Problem.busy("out of memory; try a smaller picture"));
    } else if (cause instanceof TimeoutException || cause instanceof CancellationException) {
      Responses.problem(response, callback, Problem.busy("it took too long; try again"));
    } else {
      failures.accept(cause);
      Response.writeError(request, response, callback, cause);
    }
  }
}
