package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.Learner;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fused step against DL4J's own, from the same network on the same images. */
class FusedLearnerTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 7;
  private static final int CLASSES = 4;
  private static final int IMAGES = 90;
  private static final Activation[] SMOOTH = {
    Activation.SIGMOID,
    Activation.TANH,
    Activation.IDENTITY,
    Activation.ELU,
    Activation.GELU,
    Activation.SWISH,
    Activation.SOFTMAX
  };
  private static final Activation[] ALL = Activation.values();

  private static final NetworkSpec ALL_LAYERS =
      new NetworkSpec(
          List.of(
              new Dropout(0.1),
              new Dense(30, Activation.SOFTMAX, WeightInit.GLOROT_UNIFORM),
              new Dropout(0),
              new Dropout(0.2),
              new Dropout(0.1),
              Batchnorm.DEFAULT,
              new Dense(40, Activation.GELU, WeightInit.GLOROT_UNIFORM),
              Batchnorm.DEFAULT,
              new Flatten(),
              new Dropout(0.3),
              new Dense(20, Activation.SWISH, WeightInit.GLOROT_UNIFORM),
              new Dropout(0.2)),
          OutputSpec.DEFAULT);

  private static final NetworkSpec NORMALIZED_PIXELS =
      new NetworkSpec(
          List.of(Batchnorm.DEFAULT, Dense.DEFAULT, new Dropout(0.5), Batchnorm.DEFAULT),
          OutputSpec.DEFAULT);

  private static StepComparison comparison(
      NetworkSpec model, TrainingSpec training, ImageSet images) {
    return new StepComparison(model, training, images, CLASSES);
  }

  @ParameterizedTest
  @EnumSource(OptimizerSpec.OptimizerName.class)
  void aStepIsThatOfDl4jWithEveryOptimizer(OptimizerSpec.OptimizerName optimizer) throws Exception {
    Random random = new Random(optimizer.name().hashCode());
    for (int i = 0; i < 4; i++) {
      randomComparison(random, optimizer, false, 0.15 + 0.6 * (i % 2)).assertSame(1, 1e-5);
    }
  }

  /**
   * Against double precision, so that it says which of the two steps is wrong where they differ.
   * With nothing in them that has a kink, such as ReLU or the penalty L1: where a number is 0 but
   * for rounding, each precision may see it on another side of the kink, and from there they go
   * different ways.
   */
  @ParameterizedTest
  @EnumSource(OptimizerSpec.OptimizerName.class)
  void aHundredStepsAreThoseOfDoublePrecisionWithEveryOptimizer(
      OptimizerSpec.OptimizerName optimizer) throws Exception {
    Random random = new Random(100 + optimizer.name().hashCode());
    for (int i = 0; i < 4; i++) {
      StepComparison test = randomComparison(random, optimizer, true, 0.15 + 0.6 * (i % 2));
      MultiLayerNetwork ofDl4j = test.network();
      MultiLayerNetwork ofFused = test.network();
      try (DoublePrecisionLearner exact = test.exact();
          Learner stock = test.stock(ofDl4j);
          Learner fused = test.fused(ofFused, 2)) {
        test.run(exact, 0, 100);
        test.run(stock, 0, 100);
        test.run(fused, 0, 100);
        fused.syncParameters();
        // Batch normalisation divides by deviations of the batch, and enlarges what was rounded.
        boolean normalized = test.model().layers().stream().anyMatch(Batchnorm.class::isInstance);
        double tolerance = normalized ? 3e-5 : 5e-6;
        StepComparison.assertClose(exact.network(), ofDl4j, tolerance, "DL4J's step in " + test);
        StepComparison.assertClose(
            exact.network(), ofFused, tolerance, "the fused step in " + test);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SOFTMAX", "SIGMOID", "TANH", "IDENTITY", "GELU", "SWISH"})
  void outputsMayHaveTheSquaredError(Activation activation) throws Exception {
    OutputSpec output = new OutputSpec(activation, Loss.MSE, 0, WeightInit.GLOROT_UNIFORM);
    NetworkSpec model = new NetworkSpec(List.of(Dense.DEFAULT), output);
    comparison(model, training(OptimizerSpec.DEFAULT), images(0.2, 1)).assertSame(50, 1e-5);
  }

  @Test
  void outputsMayBeSigmoidsWithCrossEntropy() throws Exception {
    OutputSpec output =
        new OutputSpec(Activation.SIGMOID, Loss.CROSS_ENTROPY, 0, WeightInit.GLOROT_UNIFORM);
    NetworkSpec model = new NetworkSpec(List.of(new Flatten(), Dense.DEFAULT), output);
    comparison(model, training(OptimizerSpec.DEFAULT), images(0.2, 1)).assertSame(50, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, CROSS_ENTROPY, 0",
    "SOFTMAX, CROSS_ENTROPY, 0.1",
    "SIGMOID, CROSS_ENTROPY, 0",
    "SOFTMAX, MSE, 0",
    "TANH, MSE, 0"
  })
  void classesMayHaveWeights(Activation activation, Loss loss, double smoothing) throws Exception {
    OutputSpec output = new OutputSpec(activation, loss, smoothing, WeightInit.GLOROT_UNIFORM);
    NetworkSpec model = new NetworkSpec(List.of(Dense.DEFAULT, Batchnorm.DEFAULT), output);
    StepComparison plain = comparison(model, training(OptimizerSpec.DEFAULT), images(0.2, 1));
    StepComparison weighted = plain.weighted(2.0, 0.25, 1.0, 7.5);
    weighted.assertSame(50, 2e-5);
    weighted.assertSameBits(10);
    plain.weighted(1.0, 1.0, 1.0, 1.0).assertSameAs(plain, 10);
  }

  @Test
  void groupsMayHaveWeightsAndEqualPartsOfABatch() throws Exception {
    NetworkSpec model = new NetworkSpec(List.of(Dense.DEFAULT), OutputSpec.DEFAULT);
    StepComparison plain = comparison(model, training(OptimizerSpec.DEFAULT), images(0.2, 1));
    StepComparison weighted = plain.grouped(false, 2.0, 0.25, 1.0);
    weighted.assertSame(50, 2e-5);
    weighted.assertSameBits(10);
    weighted.weighted(2.0, 0.25, 1.0, 7.5).assertSame(50, 2e-5);
    plain.grouped(false, 1.0, 1.0, 1.0).assertSameAs(plain, 10);
    plain.grouped(true).assertSame(50, 2e-5);
    plain.grouped(true).assertSameBits(10);
  }

  /**
   * The loss that DL4J takes weights of the outputs for: the same where the targets are one-hot.
   */
  @Test
  void weightsAreThoseOfDl4jsOwnLoss() throws Exception {
    StepComparison weighted =
        comparison(NetworkSpec.DEFAULT, training(OptimizerSpec.DEFAULT), images(0.2, 1))
            .weighted(2.0, 0.25, 1.0, 7.5);
    weighted.assertSameAsOutputsWeighted(30, 1e-5);
  }

  /** DL4J adds the squares up in single precision. */
  @ParameterizedTest
  @ValueSource(doubles = {0.15, 0.8})
  void gradientsAreClippedByTheirNorm(double density) throws Exception {
    TrainingSpec clipped =
        training(OptimizerSpec.DEFAULT, RegularizationSpec.DEFAULT, new ClippingSpec(0.1, 0), 16);
    NetworkSpec model =
        new NetworkSpec(
            List.of(Dense.DEFAULT, Batchnorm.DEFAULT, Dense.DEFAULT), OutputSpec.DEFAULT);
    comparison(model, clipped, images(density, 1)).assertSame(10, 1e-4);
  }

  @Test
  void augmentedImagesAreTheSameOnes() throws Exception {
    TrainingSpec training =
        TrainingSpecs.of(
            5,
            16,
            0,
            OptimizerSpec.DEFAULT,
            ScheduleSpec.DEFAULT,
            RegularizationSpec.DEFAULT,
            ClippingSpec.DEFAULT,
            new AugmentationSpec(1, 10, 0.1, 0),
            StoppingSpec.DEFAULT,
            List.of());
    for (double density : new double[] {0.1, 0.8}) {
      comparison(NetworkSpec.DEFAULT, training, images(density, 1)).assertSame(30, 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.15, 0.8})
  void bitsDoNotDependOnTheThreads(double density) throws Exception {
    Dense wide = new Dense(300, Activation.RELU, WeightInit.HE_UNIFORM);
    Dense swish = new Dense(130, Activation.SWISH, WeightInit.GLOROT_UNIFORM);
    Dense softmax = new Dense(40, Activation.SOFTMAX, WeightInit.GLOROT_UNIFORM);
    List<LayerSpec> layers =
        List.of(wide, new Dropout(0.5), wide, Batchnorm.DEFAULT, swish, softmax, Dense.DEFAULT);
    NetworkSpec model = new NetworkSpec(layers, OutputSpec.DEFAULT);
    comparison(model, training(OptimizerSpec.DEFAULT), images(density, 3)).assertSameBits(20);
  }

  @Test
  void eitherGoesOnFromTheOther() throws Exception {
    for (NetworkSpec model : List.of(NetworkSpec.DEFAULT, ALL_LAYERS, NORMALIZED_PIXELS)) {
      comparison(model, training(OptimizerSpec.DEFAULT), images(0.2, 2))
          .assertSameInTurns(20, 1e-5);
    }
  }

  /** With what each of them would do in training: dropout, running averages, penalties. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7, 9, 12})
  void frozenLayersStayAsTheyAre(int frozen) throws Exception {
    for (double density : new double[] {0.15, 0.8}) {
      for (double norm : new double[] {0, 0.1}) {
        RegularizationSpec penalties = new RegularizationSpec(1e-4, 1e-3, 0.1);
        TrainingSpec training =
            training(OptimizerSpec.DEFAULT, penalties, new ClippingSpec(norm, 0), 16);
        StepComparison test = comparison(ALL_LAYERS, training, images(density, 1)).frozen(frozen);
        test.assertSame(20, 1e-4);
        test.assertFrozen(20);
        test.assertSameBits(8);
      }
    }
  }

  @Test
  void firstLayerOfPixelsCanBeFrozen() throws Exception {
    NetworkSpec model = new NetworkSpec(List.of(Dense.DEFAULT, Dense.DEFAULT), OutputSpec.DEFAULT);
    for (int frozen = 1; frozen <= 2; frozen++) {
      StepComparison test =
          comparison(model, training(OptimizerSpec.DEFAULT), images(0.15, 1)).frozen(frozen);
      test.assertSame(30, 1e-5);
      test.assertFrozen(10);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, CROSS_ENTROPY, 0, 1, 0",
    "SOFTMAX, CROSS_ENTROPY, 0.1, 0.2, 0.5",
    "SIGMOID, CROSS_ENTROPY, 0, 1, 0.5",
    "SOFTMAX, MSE, 0, 1, 0",
    "TANH, MSE, 0, 0, 1"
  })
  void imagesAreBlendedAndErased(
      Activation activation, Loss loss, double smoothing, double mixup, double erasing)
      throws Exception {
    OutputSpec output = new OutputSpec(activation, loss, smoothing, WeightInit.GLOROT_UNIFORM);
    NetworkSpec model =
        new NetworkSpec(
            List.of(new Dropout(0.1), new Dense(40, Activation.TANH, WeightInit.GLOROT_UNIFORM)),
            output);
    TrainingSpec spec = TrainingSpecs.blended(training(OptimizerSpec.DEFAULT), mixup, erasing);
    for (double density : new double[] {0.15, 0.8}) {
      StepComparison test = comparison(model, spec, images(density, 1));
      test.assertSame(40, 1e-5);
      test.weighted(2.0, 0.25, 1.0, 7.5).assertSame(40, 1e-5);
      test.grouped(false, 3.0, 0.5, 1.0).assertSame(40, 1e-5);
      test.assertSameBits(8);
    }
  }

  @Test
  void weightsAreAveraged() throws Exception {
    for (NetworkSpec model : List.of(NetworkSpec.DEFAULT, ALL_LAYERS)) {
      for (double density : new double[] {0.15, 0.8}) {
        comparison(model, training(OptimizerSpec.DEFAULT), images(density, 2))
            .assertAverages(0.8, 15, images(density, 300, 4));
      }
    }
  }

  @Test
  void nothingButAnOutputLayerWillDo() throws Exception {
    NetworkSpec model = new NetworkSpec(List.of(), OutputSpec.DEFAULT);
    comparison(model, training(OptimizerSpec.DEFAULT), images(0.2, 1)).assertSame(50, 1e-5);
  }

  @Test
  void evaluationIsThatOfTheNetwork() throws Exception {
    for (NetworkSpec model : List.of(NetworkSpec.DEFAULT, ALL_LAYERS, NORMALIZED_PIXELS)) {
      for (double density : new double[] {0.15, 0.8}) {
        comparison(model, training(OptimizerSpec.DEFAULT), images(density, 2))
            .assertSameEvaluation(20, images(density, 300, 4));
      }
    }
  }

  private static StepComparison randomComparison(
      Random random, OptimizerSpec.OptimizerName name, boolean smooth, double density) {
    Activation[] activations = smooth ? SMOOTH : ALL;
    List<LayerSpec> layers = new ArrayList<>();
    addBetween(layers, random);
    for (int i = random.nextInt(4); i > 0; i--) {
      Activation activation = activations[random.nextInt(activations.length)];
      layers.add(new Dense(1 + random.nextInt(300), activation, WeightInit.GLOROT_UNIFORM));
      addBetween(layers, random);
    }
    double smoothing = random.nextBoolean() ? 0 : 0.1;
    OutputSpec output =
        new OutputSpec(
            Activation.SOFTMAX, Loss.CROSS_ENTROPY, smoothing, WeightInit.GLOROT_UNIFORM);
    OptimizerSpec optimizer =
        new OptimizerSpec(name, StepComparison.RATE, 0.9, 0.99, 1e-3, 0.9, 0.9);
    double decay = name == OptimizerSpec.OptimizerName.ADAMW ? 0.01 : 0;
    RegularizationSpec regularization =
        switch (random.nextInt(3)) {
          case 0 -> new RegularizationSpec(smooth ? 0 : 1e-4, 0, decay);
          case 1 -> new RegularizationSpec(0, 1e-3, 0.1);
          default -> new RegularizationSpec(0, 0, decay);
        };
    ClippingSpec clipping = random.nextBoolean() ? new ClippingSpec(0, 0.01) : ClippingSpec.DEFAULT;
    int batchSize = batchSize(random, layers.stream().anyMatch(Batchnorm.class::isInstance));
    TrainingSpec training = training(optimizer, regularization, clipping, batchSize);
    return comparison(
        new NetworkSpec(layers, output), training, images(density, random.nextLong()));
  }

  /**
   * DL4J's batch normalisation of rows fails for a batch of one image; and where there are two or
   * three, x̂ is nearly a step function, which says more of rounding than of formulas.
   */
  private static int batchSize(Random random, boolean normalized) {
    int size = 1 + random.nextInt(40);
    while (normalized && (size < 4 || (IMAGES % size > 0 && IMAGES % size < 4))) {
      size++;
    }
    return size;
  }

  /** What may stand before, between and after dense layers: often nothing, at most two layers. */
  private static void addBetween(List<LayerSpec> layers, Random random) {
    for (int i = random.nextInt(3); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> layers.add(new Dropout(random.nextInt(8) / 10.0));
        case 1 -> layers.add(new Batchnorm(0.5 + random.nextInt(5) / 10.0, 1e-3));
        case 2 -> layers.add(new Flatten());
        default -> {}
      }
    }
  }

  private static TrainingSpec training(OptimizerSpec optimizer) {
    return training(optimizer, RegularizationSpec.DEFAULT, ClippingSpec.DEFAULT, 32);
  }

  private static TrainingSpec training(
      OptimizerSpec optimizer,
      RegularizationSpec regularization,
      ClippingSpec clipping,
      int batchSize) {
    return TrainingSpecs.of(
        50,
        batchSize,
        0,
        optimizer,
        ScheduleSpec.DEFAULT,
        regularization,
        clipping,
        AugmentationSpec.DEFAULT,
        StoppingSpec.DEFAULT,
        List.of());
  }

  private static ImageSet images(double density, long seed) {
    return images(density, IMAGES, seed);
  }

  /** Noise, a little more of it where the class wants it, so that there is something to learn. */
  private static ImageSet images(double density, int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * HEIGHT * WIDTH];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      int label = i / (HEIGHT * WIDTH) % CLASSES;
      labels[i / (HEIGHT * WIDTH)] = (byte) label;
      double chance = i % CLASSES == label ? 1.2 * density : density;
      pixels[i] = (byte) (random.nextDouble() < chance ? 1 + random.nextInt(255) : 0);
    }
    return new ImageSet(HEIGHT, WIDTH, pixels, labels);
  }
}
