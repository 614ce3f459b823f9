package io.mnist4j.serve;

import static io.mnist4j.serve.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PredictionBatcherTest {
  private final ModelInstance model = TinyModel.create();

  /** While one batch is held up, all that comes in waits for the next one. */
  @Test
  void requestsThatWaitGoIntoOneBatch() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
    try (PredictionBatcher batcher =
        new PredictionBatcher(
            model,
            size -> {
              sizes.add(size);
              await(go);
            })) {
      List<CompletableFuture<List<Prediction>>> results = new ArrayList<>();
      results.add(batcher.predict(images(0, 1)));
      assertEquals(1, sizes.poll(20, TimeUnit.SECONDS));
      results.add(batcher.predict(images(1, 2)));
      results.add(batcher.predict(List.of()));
      results.add(batcher.predict(images(3, 4)));
      assertEquals(2, batcher.length());
      go.countDown();
      List<Prediction> all = new ArrayList<>();
      for (CompletableFuture<List<Prediction>> result : results) {
        all.addAll(result.get(20, TimeUnit.SECONDS));
      }
      assertEquals(6, sizes.poll(20, TimeUnit.SECONDS));
      assertEquals(0, batcher.length());
      List<Prediction> alone = new Classifier(model.model()).predict(images(0, 7));
      assertEquals(alone.size(), all.size());
      for (int i = 0; i < all.size(); i++) {
        assertEquals(alone.get(i).probability(), all.get(i).probability(), 1e-6);
        assertEquals(alone.get(i).best(), all.get(i).best());
      }
    }
  }

  @Test
  void aFailureEndsNeitherTheThreadNorWhatFollows() throws Exception {
    try (PredictionBatcher batcher = new PredictionBatcher(model, size -> {})) {
      CompletableFuture<List<Prediction>> failing =
          batcher.predict(List.of(new GreyImage(1, 1, new byte[1])));
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> failing.get(20, TimeUnit.SECONDS));
      assertTrue(
          failure.getCause() instanceof IndexOutOfBoundsException, failure.getCause().toString());
      assertEquals(2, batcher.predict(images(0, 2)).get(20, TimeUnit.SECONDS).size());
    }
  }

  private static List<GreyImage> images(int first, int count) {
    List<GreyImage> images = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      byte[] pixels = new byte[TinyModel.HEIGHT * TinyModel.WIDTH];
      pixels[i % pixels.length] = (byte) 200;
      images.add(new GreyImage(TinyModel.HEIGHT, TinyModel.WIDTH, pixels));
    }
    return images;
  }
}
