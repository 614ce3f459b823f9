package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.Learner;
import io.mnist4j.train.Mixup;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class OutputLayerTest {
  private static final int CLASSES = 3;
  private static final int[] LABELS = {0, 1, 2, 1};
  private static final double[] WEIGHTS = {1, 4, 0.5, 2};

  private static final float[] SUMS = {
    0.5f, -1, 2, 0, /* of class 1 */ 1, 0.25f, -0.5f, 0, /* of class 2 */ 0, 1, 1.5f, -2
  };

  /** The loss and, after it, the derivatives, {@code [classes, images]}. */
  private static double[] differentiate(IntToDoubleFunction weight, Mixup mixup) {
    try (ActivationBuffer last = new ActivationBuffer(CLASSES, LABELS.length, false);
        WorkerPool workers = new WorkerPool(1)) {
      last.valueBuffer.put(0, SUMS);
      OutputLayer layer = new OutputLayer(OutputSpec.DEFAULT, CLASSES, List.of(), LABELS.length);
      layer.read(last, LABELS.length);
      Learner.StepResult result =
          layer.differentiate(workers, last, LABELS.length, image -> LABELS[image], weight, mixup);
      double[] all = new double[SUMS.length + 1];
      all[0] = result.loss();
      for (int i = 0; i < SUMS.length; i++) {
        all[i + 1] = last.deltaBuffer.get(i);
      }
      return all;
    }
  }

  @Test
  void anImageCountsByItsWeight() {
    double[] plain = differentiate(null, null);
    double[] weighted = differentiate(image -> WEIGHTS[image], null);
    for (int c = 0; c < CLASSES; c++) {
      for (int i = 0; i < LABELS.length; i++) {
        int place = 1 + c * LABELS.length + i;
        assertEquals(WEIGHTS[i] * plain[place], weighted[place], 1e-6);
      }
    }
  }

  /** The loss is linear in the targets: it is λ that of the image and 1 - λ that of its partner. */
  @Test
  void aBlendOfTwoImagesCountsByTheBlendOfTheirWeights() {
    Mixup mixup = new Mixup(0.4, 7, LABELS.length);
    mixup.draw(1, 0, LABELS.length);
    double share = mixup.share();
    double[] plain = differentiate(null, mixup);
    double[] weighted = differentiate(image -> WEIGHTS[image], mixup);
    boolean differs = false;
    for (int i = 0; i < LABELS.length; i++) {
      double own = WEIGHTS[i];
      double ofPartner = WEIGHTS[mixup.partner(i)];
      differs |= own != ofPartner;
      for (int c = 0; c < CLASSES; c++) {
        int place = 1 + c * LABELS.length + i;
        assertEquals((share * own + (1 - share) * ofPartner) * plain[place], weighted[place], 1e-6);
      }
    }
    assertTrue(differs, "each image is its own partner: another seed");
    assertNotEquals(plain[0], weighted[0]);
  }

  @Test
  void weightsOfOneChangeNoBit() {
    assertArrayEquals(differentiate(null, null), differentiate(image -> 1, null));
  }
}
