package io.mnist4j.train.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.TinyData;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.TrainingTask;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  /** One pixel each, and its value is the number of the image. */
  private static final ImageSet NUMBERED = numbered(10);

  @Test
  void everyImageComesOnceAnEpochWithItsLabel() {
    Batches batches = batches(4, 1);
    assertEquals(3, batches.perEpoch());
    for (int epoch = 1; epoch <= 3; epoch++) {
      int[] order = order(batches, epoch);
      Arrays.sort(order);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, order);
    }
  }

  @Test
  void lastBatchIsSmaller() {
    Batches batches = batches(4, 1);
    batches.shuffle(1);
    assertArrayEquals(new long[] {4, 1}, batches.get(0).features().shape());
    assertArrayEquals(new long[] {2, 1}, batches.get(2).features().shape());
    assertArrayEquals(new long[] {2, 3}, batches.get(2).labels().shape());
    assertEquals(2, batches.get(2).size());
  }

  @Test
  void batchLargerThanTheSetIsTheSet() {
    Batches batches = batches(Integer.MAX_VALUE, 1);
    batches.shuffle(1);
    assertEquals(1, batches.perEpoch());
    assertEquals(10, batches.get(0).size());
  }

  @Test
  void orderDependsOnSeedAndEpochAlone() {
    int[] first = order(batches(4, 1), 1);
    Batches again = batches(3, 1);
    int[] second = order(again, 2);
    assertArrayEquals(first, order(again, 1));
    assertFalse(Arrays.equals(first, second));
    Batches otherSeed = batches(4, 2);
    assertFalse(Arrays.equals(first, order(otherSeed, 1)));
  }

  @Test
  void labelsAreSmoothedAsAsked() {
    OutputSpec smooth =
        new OutputSpec(
            Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0.3, OutputSpec.DEFAULT.weightInit());
    Batches batches = batches(NUMBERED, smooth, 10, AugmentationSpec.DEFAULT, 1);
    batches.shuffle(1);
    // 1 - 0.3 + 0.3 / 3 for the image's class, 0.3 / 3 for the two others.
    float[] first = batches.get(0).labels().getRow(0).toFloatVector();
    Arrays.sort(first);
    assertArrayEquals(new float[] {0.1f, 0.1f, 0.8f}, first, 1e-6f);
  }

  @Test
  void augmentedImagesDifferFromEpochToEpochAndAreTheSameAgain() {
    AugmentationSpec shift = new AugmentationSpec(2, 0, 0, 0);
    ImageSet images = TinyData.create(20, 1).train();
    Batches batches = batches(images, OutputSpec.DEFAULT, 20, shift, 1);
    batches.shuffle(1);
    float[] first = sorted(batches.get(0));
    batches.shuffle(2);
    assertFalse(Arrays.equals(first, sorted(batches.get(0))));
    batches.shuffle(1);
    assertArrayEquals(first, sorted(batches.get(0)));
  }

  private static float[] sorted(Batches.Batch batch) {
    float[] pixels = batch.features().dup().data().asFloat();
    Arrays.sort(pixels);
    return pixels;
  }

  private static Batches batches(int batchSize, long seed) {
    return batches(NUMBERED, OutputSpec.DEFAULT, batchSize, AugmentationSpec.DEFAULT, seed);
  }

  private static int[] order(Batches batches, int epoch) {
    batches.shuffle(epoch);
    int[] order = new int[NUMBERED.size()];
    int next = 0;
    for (int b = 0; b < batches.perEpoch(); b++) {
      Batches.Batch batch = batches.get(b);
      for (int row = 0; row < batch.size(); row++) {
        int image = Math.round(batch.features().getFloat(row, 0) * 255);
        assertEquals(NUMBERED.label(image), batch.labels().getRow(row).argMax().getInt(0));
        assertEquals(1f, batch.labels().getRow(row).sumNumber().floatValue());
        order[next++] = image;
      }
    }
    return order;
  }

  private static ImageSet numbered(int count) {
    byte[] pixels = new byte[count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) i;
      labels[i] = (byte) (i % 3);
    }
    return new ImageSet(1, 1, pixels, labels);
  }

  private static Batches batches(
      ImageSet images, OutputSpec output, int size, AugmentationSpec augmentation, long seed) {
    TrainingSpec d = TrainingSpec.DEFAULT;
    TrainingSpec spec =
        TrainingSpecs.of(
            1,
            size,
            0,
            d.optimizer(),
            d.schedule(),
            d.regularization(),
            d.clipping(),
            augmentation,
            d.stopping(),
            List.of());
    return new Batches(new TrainingTask(null, output, images, 3, spec, seed, null));
  }
}
