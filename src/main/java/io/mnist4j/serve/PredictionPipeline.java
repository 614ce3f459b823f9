package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.errors.DataException;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.PredictionJson;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.predict.Saliency;
import io.mnist4j.serve.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.NanoTime;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonUnwrapped;

/**
 * From the body of a request to the JSON of its response: decoded, recognized, explained. Only what
 * computes holds a thread; nothing waits in one.
 */
final class PredictionPipeline implements AutoCloseable {
  /** So many bodies are decoded at once: a picture may take 64 MiB while that lasts. */
  private static final int MAX_WORKERS = 4;

  /** So many digits of a picture are explained, the first ones; each takes a while. */
  private static final int EXPLAINED = 10;

  private final ServeSettings settings;
  private final int height;
  private final int width;
  private final PredictionBatcher batcher;
  private final Explainer explainer;
  private final DigitReader reader;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS));

  /** What a body holds: digits of a picture lie somewhere, images sent as pixels do not. */
  private record Decoded(List<Digit> digits, boolean fromPicture) {}

  /**
   * @param batches takes the size of each batch of images
   */
  PredictionPipeline(ModelInstance instance, ServeSettings settings, IntConsumer batches) {
    this.settings = settings;
    height = instance.model().provenance().height();
    width = instance.model().provenance().width();
    batcher = new PredictionBatcher(instance, batches);
    explainer = new Explainer(instance);
    reader = new DigitReader(height, width, images -> batcher.predict(images).join());
  }

  /** How many requests wait for the network. */
  int waiting() {
    return batcher.length();
  }

  /**
   * The predictions for what a body holds; fails with a {@link Problem} if that is not understood,
   * or there is too much to do.
   *
   * @param body of the request, which may still be coming in
   * @param json whether the request says that its body is JSON
   * @param received when its head was there, of {@link NanoTime}
   */
  CompletableFuture<Answer> respond(
      CompletableFuture<byte[]> body, boolean json, PredictQuery query, long received) {
    return body.thenApplyAsync(content -> decode(content, json, query, received), workers)
        .thenCompose(
            decoded ->
                batcher
                    .predict(RecognizedDigit.images(decoded.digits()))
                    .thenApply(predictions -> RecognizedDigit.all(decoded.digits(), predictions))
                    .thenCompose(
                        digits ->
                            explain(digits, query)
                                .thenApplyAsync(
                                    saliencies ->
                                        answer(digits, saliencies, decoded.fromPicture(), query),
                                    workers)));
  }

  private Decoded decode(byte[] content, boolean json, PredictQuery query, long received) {
    try {
      if (NanoTime.secondsSince(received) >= settings.timeoutSeconds()) {
        throw Problem.busy("it is too busy; try again");
      }
      if (content.length == 0) {
        throw new Problem(400, "the body is empty; send a picture, or pixels as JSON");
      }
      if (json || isArray(content)) {
        return new Decoded(
            PixelArrays.read(content, height, width, query.scale()).stream()
                .map(image -> new Digit(new Box(0, 0, width, height), image))
                .toList(),
            false);
      }
      return new Decoded(reader.find(ImageFile.decode(content, "the body"), scope(query)), true);
    } catch (DataException e) {
      throw new CompletionException(new Problem(400, e.getMessage()));
    } catch (Problem e) {
      throw new CompletionException(e);
    }
  }

  /** Told by the content, since curl names all that it sends a form. */
  private static boolean isArray(byte[] content) {
    int first = 0;
    while (first < content.length - 1 && Character.isWhitespace(content[first])) {
      first++;
    }
    return content[first] == '[';
  }

  private Scope scope(PredictQuery query) {
    return settings.wholePictures() ? Scope.AS_IS : query.segment() ? Scope.STRIP : Scope.DIGITS;
  }

  private CompletableFuture<List<Saliency>> explain(
      List<RecognizedDigit> digits, PredictQuery query) {
    if (!query.explain()) {
      return CompletableFuture.completedFuture(List.of());
    }
    try {
      return explainer
          .explain(digits.subList(0, Math.min(EXPLAINED, digits.size())))
          .orTimeout(settings.timeoutSeconds(), TimeUnit.SECONDS);
    } catch (Problem e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The document of an answer. */
  record Answer(List<AnsweredDigit> predictions) {}

  /** A prediction with what was asked for besides; the rest is null and left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AnsweredDigit(
      @JsonUnwrapped PredictionJson prediction,
      Box box,
      List<Integer> image,
      List<Float> saliency) {}

  /**
   * @param saliencies of the first digits
   */
  private static Answer answer(
      List<RecognizedDigit> digits,
      List<Saliency> saliencies,
      boolean fromPicture,
      PredictQuery query) {
    List<AnsweredDigit> answered = new ArrayList<>();
    for (int i = 0; i < digits.size(); i++) {
      Digit digit = digits.get(i).digit();
      answered.add(
          new AnsweredDigit(
              PredictionJson.of(digits.get(i).prediction()),
              fromPicture ? digit.box() : null,
              query.image() ? pixels(digit.image()) : null,
              i < saliencies.size() ? saliencies.get(i).rounded() : null));
    }
    return new Answer(answered);
  }

  private static List<Integer> pixels(GreyImage image) {
    return IntStream.range(0, image.pixels().length)
        .mapToObj(i -> Byte.toUnsignedInt(image.pixels()[i]))
        .toList();
  }

  /** Ends all threads; what waits gets no response any more. */
  @Override
  public void close() {
    batcher.close();
    explainer.close();
    workers.shutdownNow();
  }
}
