package io.mnist4j.serve;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.digits.Digit;
import io.mnist4j.errors.DataException;
import io.mnist4j.explain.Saliency;
import io.mnist4j.predict.DigitReader;
import io.mnist4j.predict.DigitReader.Scope;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.serve.http.Problem;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.eclipse.jetty.util.NanoTime;

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
  private final ModelJson.Input input;
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

  /**
   * @param batches takes the size of each batch of images
   */
  PredictionPipeline(ModelInstance instance, ServeSettings settings, IntConsumer batches) {
    this.settings = settings;
    input = ModelJson.Input.of(instance, settings);
    batcher = new PredictionBatcher(instance, batches);
    explainer = new Explainer(instance);
    reader =
        new DigitReader(
            input.height(),
            input.width(),
            instance.model().provenance().labels(),
            this::predictNow,
            0);
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
   * @param protocol of this request alone
   * @param received when its head was there, of {@link NanoTime}
   */
  CompletableFuture<Object> respond(
      CompletableFuture<byte[]> body,
      String type,
      PredictQuery query,
      Protocol protocol,
      long received) {
    long deadline = deadline(received);
    return body.thenCompose(
            content ->
                documents.submit(
                    () -> protocol.read(content, type, input, query.scale()), deadline))
        .thenCompose(content -> digits(content, query, deadline))
        .thenCompose(digits -> recognized(digits, query))
        .thenCompose(
            digits ->
                explained(digits, query, deadline)
                    // An answer that is known is sent even if it is late.
                    .thenCompose(
                        saliencies ->
                            documents.submit(
                                () -> protocol.answer(digits, saliencies, query),
                                deadline(NanoTime.now()))));
  }

  private long deadline(long start) {
    return start + TimeUnit.SECONDS.toNanos(settings.timeoutSeconds());
  }

  private CompletableFuture<List<Digit>> digits(
      RequestBody body, PredictQuery query, long deadline) {
    return body.picture().isPresent()
        ? pictures.submit(() -> find(body.picture().get(), query), deadline)
        : CompletableFuture.completedFuture(
            body.images().stream().map(image -> new Digit(null, image)).toList());
  }

  private List<Digit> find(byte[] file, PredictQuery query) throws Problem {
    Scope scope = query.segment() ? Scope.STRIP : Scope.DIGITS;
    try {
      return reader.find(
          ImageFile.decode(file, "the body"), input.wholePictures() ? Scope.AS_IS : scope);
    } catch (DataException e) {
      throw new Problem(400, e.getMessage());
    }
  }

  private CompletableFuture<List<RecognizedDigit>> recognized(
      List<Digit> digits, PredictQuery query) {
    return batcher
        .predict(RecognizedDigit.images(digits))
        .thenApply(predictions -> reader.recognized(digits, predictions, query.reject()));
  }

  private CompletableFuture<List<Saliency>> explained(
      List<RecognizedDigit> digits, PredictQuery query, long deadline) {
    return query.explain()
        ? explainer.explain(digits.subList(0, Math.min(EXPLAINED, digits.size())), deadline)
        : CompletableFuture.completedFuture(List.of());
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
