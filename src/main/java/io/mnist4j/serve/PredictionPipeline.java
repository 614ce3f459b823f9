package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import io.mnist4j.errors.DataException;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.PredictionJson;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.predict.Saliency;
import io.mnist4j.serve.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
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
  /** So many pictures are read at once: one may take 64 MiB while that lasts. */
  private static final int MAX_WORKERS = 4;

  /** So many digits of a picture are explained, the first ones; each takes a while. */
  private static final int EXPLAINED = 10;

  private final ServeSettings settings;
  private final int height;
  private final int width;
  private final PredictionBatcher batcher;
  private final Explainer explainer;
  private final DigitReader reader;

  /** Pictures that take long do not hold up requests of pixels, which have threads of their own. */
  private final DeadlineExecutor pictures =
      new DeadlineExecutor(
          "pictures",
          Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS),
          Integer.MAX_VALUE);

  private final DeadlineExecutor documents =
      new DeadlineExecutor("documents", 2, Integer.MAX_VALUE);

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
    reader = new DigitReader(height, width, this::predictNow);
  }

  private List<Prediction> predictNow(List<GreyImage> images) {
    try {
      return batcher.predict(images).get();
    } catch (InterruptedException e) {
      throw (CancellationException) new CancellationException("its time is over").initCause(e);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /** How many requests wait for the network. */
  int waiting() {
    return batcher.length();
  }

  /**
   * The predictions for what a body holds; fails with a {@link Problem} if that is not understood,
   * or there is too much to do, and with a {@link java.util.concurrent.TimeoutException} after the
   * time that a request may take.
   *
   * @param body of the request, which may still be coming in
   * @param type the header Content-Type, or nothing
   * @param received when its head was there, of {@link NanoTime}
   */
  CompletableFuture<Answer> respond(
      CompletableFuture<byte[]> body, String type, PredictQuery query, long received) {
    long deadline = deadline(received);
    return body.thenCompose(content -> attempt(() -> decode(content, type, query, deadline)))
        .thenCompose(
            decoded ->
                batcher
                    .predict(RecognizedDigit.images(decoded.digits()))
                    .thenApply(predictions -> RecognizedDigit.all(decoded.digits(), predictions))
                    .thenCompose(
                        digits -> attempt(() -> answer(digits, decoded, query, deadline))));
  }

  private long deadline(long start) {
    return start + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
  }

  private interface PipelineStep<T> {
    CompletableFuture<T> run() throws Problem;
  }

  private static <T> CompletableFuture<T> attempt(PipelineStep<T> step) {
    try {
      return step.run();
    } catch (Problem e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Decoded> decode(
      byte[] content, String type, PredictQuery query, long deadline) throws Problem {
    RequestBody body = RequestBody.of(content, type);
    return body.isJson()
        ? documents
            .submit(() -> PixelArrays.read(body.content(), height, width, query.scale()), deadline)
            .thenCompose(
                read ->
                    read.picture().isPresent()
                        ? attempt(() -> read(read.picture().get(), query, deadline))
                        : CompletableFuture.completedFuture(pixels(read.images())))
        : read(body.content(), query, deadline);
  }

  private Decoded pixels(List<GreyImage> images) {
    Box whole = new Box(0, 0, width, height);
    return new Decoded(images.stream().map(image -> new Digit(whole, image)).toList(), false);
  }

  private CompletableFuture<Decoded> read(byte[] file, PredictQuery query, long deadline)
      throws Problem {
    return pictures.submit(
        () -> {
          try {
            return new Decoded(reader.find(ImageFile.decode(file, "the body"), scope(query)), true);
          } catch (DataException e) {
            throw new Problem(400, e.getMessage());
          }
        },
        deadline);
  }

  private Scope scope(PredictQuery query) {
    return settings.wholePictures() ? Scope.AS_IS : query.segment() ? Scope.STRIP : Scope.DIGITS;
  }

  private CompletableFuture<Answer> answer(
      List<RecognizedDigit> digits, Decoded decoded, PredictQuery query, long deadline)
      throws Problem {
    CompletableFuture<List<Saliency>> explained =
        query.explain()
            ? explainer.explain(digits.subList(0, Math.min(EXPLAINED, digits.size())), deadline)
            : CompletableFuture.completedFuture(List.of());
    return explained.thenCompose(
        saliencies ->
            attempt(
                () ->
                    documents.submit(
                        () -> answer(digits, saliencies, decoded.fromPicture(), query),
                        // An answer that is known is sent even if it is late.
                        deadline(NanoTime.now()))));
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
    pictures.close();
    documents.close();
  }
}
