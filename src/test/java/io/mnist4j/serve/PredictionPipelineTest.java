package io.mnist4j.serve;

import static io.mnist4j.serve.Waiting.await;
import static io.mnist4j.serve.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.mnist4j.digits.Rendering;
import io.mnist4j.model.InputRange;
import io.mnist4j.predict.PredictionJson;
import io.mnist4j.serve.http.Problem;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.NanoTime;
import org.junit.jupiter.api.Test;

class PredictionPipelineTest {
  private static final ServeSettings ONE_SECOND =
      new ServeSettings("127.0.0.1", 0, Set.of(), Set.of(), 1 << 20, 0, 1, 100, false);
  private static final byte[] PIXELS = "[0,9,0,0,255,0]".getBytes(StandardCharsets.UTF_8);

  /** The network waits, and the strip needs it to know where to cut. */
  @Test
  void aPictureHasItsTimeAndOthersAreServedAfterIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    BufferedImage strip = Rendering.sheet(200, 40, Color.WHITE);
    for (int x = 10; x < 190; x++) {
      for (int y = 15; y < 25; y++) {
        strip.setRGB(x, y, 0);
      }
    }
    byte[] png = Rendering.file(strip, "png");
    try (PredictionPipeline pipeline =
        new PredictionPipeline(TinyModel.create(), ONE_SECOND, size -> await(go))) {
      for (int i = 0; i < 5; i++) {
        assertInstanceOf(TimeoutException.class, failure(respond(pipeline, png, true)));
      }
      go.countDown();
      assertEquals(
          1, respond(pipeline, PIXELS, false).get(20, TimeUnit.SECONDS).predictions().size());
      assertFalse(respond(pipeline, png, true).get(20, TimeUnit.SECONDS).predictions().isEmpty());
    }
  }

  @Test
  void whatIsNotUnderstoodIsAProblem() throws Exception {
    try (PredictionPipeline pipeline =
        new PredictionPipeline(TinyModel.create(), TinyModel.SETTINGS, size -> {})) {
      byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
      assertInstanceOf(Problem.class, failure(respond(pipeline, text, false)));
      assertEquals(0, pipeline.waiting());
    }
  }

  @Test
  void whatIsLessSureThanIsAskedForIsAnsweredAsNone() throws Exception {
    try (PredictionPipeline pipeline =
        new PredictionPipeline(TinyModel.create(), TinyModel.SETTINGS, size -> {})) {
      PredictQuery query = new PredictQuery(false, false, false, 1, InputRange.BYTES);
      PredictionJson refused =
          respond(pipeline, PIXELS, query).get().predictions().get(0).prediction();
      PredictionJson named =
          respond(pipeline, PIXELS, false).get().predictions().get(0).prediction();
      assertEquals(named.unknown(), refused);
      assertNull(refused.digit());
    }
  }

  private static CompletableFuture<OwnProtocol.Answer> respond(
      PredictionPipeline pipeline, byte[] body, boolean segment) {
    return respond(pipeline, body, new PredictQuery(false, false, segment, 0, InputRange.BYTES));
  }

  private static CompletableFuture<OwnProtocol.Answer> respond(
      PredictionPipeline pipeline, byte[] body, PredictQuery query) {
    return pipeline
        .respond(
            CompletableFuture.completedFuture(body), "", query, new OwnProtocol(), NanoTime.now())
        .thenApply(answer -> (OwnProtocol.Answer) answer);
  }
}
