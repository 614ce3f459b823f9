package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.digits.DigitFinder;
import io.mnist4j.errors.DataException;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.predict.Saliency;
import io.mnist4j.serve.http.BodyReader;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.serve.http.Responses;
import io.mnist4j.serve.http.ServeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * {@code POST /v1/predict}: from a body to its answer. Only what computes holds a thread: the body
 * comes in, the network is asked, and the answer goes out without one that waits.
 */
final class PredictHandler implements Request.Handler {
  /** So many digits of a picture are explained, the first ones; each takes a while. */
  private static final int EXPLAINED = 10;

  private final ServeSettings settings;
  private final DigitFinder finder;
  private final PredictionBatcher batcher;
  private final Explainer explainer;
  private final BodyReader.Memory memory;
  private final Executor workers;
  private final Consumer<Throwable> failures;
  private final int height;
  private final int width;

  /**
   * @param height rows of the network's images
   * @param width columns of the network's images
   * @param workers decode bodies; few, since a picture may take 64 MiB while that lasts
   * @param failures is told what should not have happened
   */
  PredictHandler(
      ServeSettings settings,
      int height,
      int width,
      PredictionBatcher batcher,
      Explainer explainer,
      BodyReader.Memory memory,
      Executor workers,
      Consumer<Throwable> failures) {
    this.settings = settings;
    this.height = height;
    this.width = width;
    this.finder = new DigitFinder(height, width);
    this.batcher = batcher;
    this.explainer = explainer;
    this.memory = memory;
    this.workers = workers;
    this.failures = failures;
  }

  /** What a body holds: pictures lie somewhere, pixels do not. */
  private record Images(List<Digit> digits, boolean fromPicture) {
    List<GreyImage> images() {
      return digits.stream().map(Digit::image).toList();
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long received = NanoTime.now();
    PredictQuery query;
    try {
      query = PredictQuery.of(request);
      checkEncoding(request);
    } catch (Problem problem) {
      return Responses.refusal(request, response, callback, problem);
    }
    BodyReader reader = new BodyReader(request, settings.maxBodyBytes(), memory);
    Callback released = Callback.from(callback, reader::release);
    reader
        .read(settings.timeoutSeconds())
        .thenApplyAsync(content -> images(content, request, query, received), workers)
        .thenCompose(
            images ->
                batcher
                    .predict(images.images())
                    .thenApply(predictions -> readings(images, predictions))
                    .thenCompose(readings -> explained(readings, query))
                    .thenAcceptAsync(
                        explained ->
                            Responses.json(
                                response,
                                released,
                                PredictionJson.of(explained, images.fromPicture(), query)),
                        workers))
        .exceptionally(
            failure -> {
              fail(request, response, released, failure);
              return null;
            });
    return true;
  }

  private static void checkEncoding(Request request) throws Problem {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(415, "send the body without Content-Encoding: " + encoding);
    }
    if (type(request).startsWith("multipart/")) {
      throw new Problem(
          415, "send the picture itself, not a form; with curl that is --data-binary @FILE");
    }
  }

  private static String type(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type == null ? "" : type;
  }

  private Images images(byte[] content, Request request, PredictQuery query, long received) {
    if (NanoTime.secondsSince(received) >= settings.timeoutSeconds()) {
      throw new CompletionException(Problem.busy("it is too busy; try again"));
    }
    try {
      if (content.length == 0) {
        throw new Problem(400, "the body is empty; send a picture, or pixels as JSON");
      }
      if (isJson(content) || type(request).startsWith("application/json")) {
        return new Images(
            PixelArrays.read(content, height, width, query.scale()).stream()
                .map(image -> new Digit(new Box(0, 0, width, height), image))
                .toList(),
            false);
      }
      Picture picture = ImageFile.decode(content, "the body");
      return new Images(digits(picture, query), true);
    } catch (DataException e) {
      throw new CompletionException(new Problem(400, e.getMessage()));
    } catch (Problem e) {
      throw new CompletionException(e);
    }
  }

  /** curl, for one, calls everything a form. */
  private static boolean isJson(byte[] content) {
    int first = 0;
    while (first < content.length - 1 && Character.isWhitespace(content[first])) {
      first++;
    }
    return content[first] == '[';
  }

  private List<Digit> digits(Picture picture, PredictQuery query) {
    if (settings.wholePictures()) {
      return List.of(finder.asIs(picture));
    }
    return query.segment()
        ? finder.findTouching(
            picture,
            images -> batcher.predict(images).join().stream().map(Prediction::probability).toList())
        : finder.find(picture);
  }

  private static List<RecognizedDigit> readings(Images images, List<Prediction> predictions) {
    List<RecognizedDigit> readings = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      readings.add(new RecognizedDigit(images.digits().get(i), predictions.get(i)));
    }
    return readings;
  }

  private CompletableFuture<List<PredictionJson.Explained>> explained(
      List<RecognizedDigit> readings, PredictQuery query) {
    if (!query.explain()) {
      return CompletableFuture.completedFuture(
          PredictionJson.Explained.of(readings, List.<Saliency>of()));
    }
    try {
      return explainer
          .explain(readings.subList(0, Math.min(EXPLAINED, readings.size())))
          .orTimeout(settings.timeoutSeconds(), TimeUnit.SECONDS)
          .thenApply(saliencies -> PredictionJson.Explained.of(readings, saliencies));
    } catch (Problem e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void fail(Request request, Response response, Callback callback, Throwable failure) {
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
    } else if (cause instanceof TimeoutException) {
      Responses.problem(response, callback, Problem.busy("it took too long; try again"));
    } else {
      failures.accept(cause);
      Response.writeError(request, response, callback, cause);
    }
  }
}
