package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.engine.stage.GradientTerm;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that trains one network after another, as the clients of a federation are. */
class RestartTest {
  private static final int CLASSES = 4;
  private static final double RATE = 0.05;
  private static final int[] SOME = {3, 4, 7, 9, 12, 20, 21, 22, 30, 31, 40};

  /** So few pixels are inked that the first layer leaves the others out. */
  private static final ImageSet SPARSE = images(0.2);

  private static final ImageSet DENSE = images(0.9);

  private static ImageSet images(double density) {
    Random random = new Random(1);
    byte[] pixels = new byte[50 * 56];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(255) : 0);
    }
    byte[] labels = new byte[50];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
    }
    return new ImageSet(8, 7, pixels, labels);
  }

  private static StepComparison comparison(ImageSet images, String optimizer, String first) {
    LayerSpec layer =
        first.equals("conv")
            ? Conv2d.DEFAULT
            : new Dense(12, Activation.RELU, WeightInit.GLOROT_UNIFORM);
    Dense second = new Dense(9, Activation.RELU, WeightInit.GLOROT_UNIFORM);
    TrainingSpec training =
        TrainingSpecs.of(
            1,
            4,
            0,
            new OptimizerSpec(
                OptimizerSpec.OptimizerName.valueOf(optimizer), RATE, 0.9, 0.999, 1e-7, 0.9, 0.9),
            ScheduleSpec.DEFAULT,
            RegularizationSpec.DEFAULT,
            ClippingSpec.DEFAULT,
            AugmentationSpec.DEFAULT,
            StoppingSpec.DEFAULT,
            List.of());
    return new StepComparison(
        new NetworkSpec(List.of(layer, new Flatten(), second), OutputSpec.DEFAULT),
        training,
        images,
        CLASSES);
  }

  private static FusedLearner learner(StepComparison of) throws Exception {
    return (FusedLearner) of.fused(of.network(), 1);
  }

  private static float[] start(StepComparison of) {
    return of.network().params().reshape(of.network().numParams()).toFloatVector();
  }

  /** The parameters after an epoch of three steps. */
  private static float[] epoch(
      FusedLearner learner, float[] start, int[] images, GradientTerm term) {
    learner.restart(start, images, 7, term);
    learner.shuffle(1);
    for (int step = 0; step < 3; step++) {
      learner.trainBatch(step, RATE, step + 1);
    }
    float[] after = new float[start.length];
    learner.getParameters(after);
    return after;
  }

  @ParameterizedTest
  @ValueSource(strings = {"SGD", "ADAM", "MOMENTUM"})
  void isToTheBitWhatALearnerOfTheseImagesDoes(String optimizer) throws Exception {
    for (ImageSet images : List.of(SPARSE, DENSE)) {
      StepComparison all = comparison(images, optimizer, "dense");
      StepComparison some = comparison(images.subset(SOME), optimizer, "dense");
      float[] start = start(all);
      int[] everyOne = new int[SOME.length];
      Arrays.setAll(everyOne, i -> i);
      try (FusedLearner used = learner(all);
          FusedLearner fresh = learner(some)) {
        float[] expected = epoch(fresh, start, everyOne, null);
        assertFalse(Arrays.equals(start, expected));
        for (int time = 0; time < 2; time++) {
          assertArrayEquals(expected, epoch(used, start, SOME, null));
          // Another client in between.
          epoch(
              used,
              expected,
              new int[] {1, 2, 5, 6, 8, 10, 11, 13, 14},
              new GradientTerm(start, 1));
        }
      }
    }
  }

  /** In a step of gradient descent, an offset takes its product with the rate off. */
  @ParameterizedTest
  @ValueSource(strings = {"dense", "conv"})
  void anOffsetIsAddedToEachGradient(String first) throws Exception {
    for (ImageSet images : List.of(SPARSE, DENSE)) {
      StepComparison of = comparison(images, "SGD", first);
      float[] start = start(of);
      float[] offset = new float[start.length];
      Random random = new Random(2);
      for (int i = 0; i < offset.length; i++) {
        offset[i] = random.nextFloat() - 0.5f;
      }
      try (FusedLearner learner = learner(of)) {
        float[] without = step(learner, start, null, 1);
        float[] with = step(learner, start, new GradientTerm(offset, 0), 1);
        for (int i = 0; i < with.length; i++) {
          assertEquals(without[i] - RATE * offset[i], with[i], 1e-6);
        }
      }
    }
  }

  /** The first step is at the start, where nothing pulls; the second takes its part back. */
  @Test
  void aPullGoesBackToTheStart() throws Exception {
    for (ImageSet images : List.of(SPARSE, DENSE)) {
      StepComparison of = comparison(images, "SGD", "dense");
      float[] start = start(of);
      try (FusedLearner learner = learner(of)) {
        float[] one = step(learner, start, null, 1);
        assertArrayEquals(one, step(learner, start, new GradientTerm(null, 3), 1));
        float[] two = step(learner, start, null, 2);
        float[] pulled = step(learner, start, new GradientTerm(null, 3), 2);
        for (int i = 0; i < two.length; i++) {
          assertEquals(two[i] - RATE * 3 * (one[i] - start[i]), pulled[i], 1e-6);
        }
      }
    }
  }

  private static float[] step(FusedLearner learner, float[] start, GradientTerm term, int steps) {
    learner.restart(start, SOME, 7, term);
    learner.shuffle(1);
    for (int step = 0; step < steps; step++) {
      learner.trainBatch(step, RATE, step + 1);
    }
    float[] after = new float[start.length];
    learner.getParameters(after);
    return after;
  }
}
