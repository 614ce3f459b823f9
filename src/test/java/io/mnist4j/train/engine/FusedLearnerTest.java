package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
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
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.learner.Dl4jLearner;
import io.mnist4j.train.learner.Optimizer;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fused step against DL4J's own, from the same network on the same images. */
class FusedLearnerTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 7;
  private static final int CLASSES = 4;
  private static final int IMAGES = 90;
  private static final long SEED = 5;
  private static final double RATE = 0.002;
  private static final Activation[] SMOOTH = {
    Activation.SIGMOID, Activation.TANH, Activation.IDENTITY, Activation.ELU
  };
  private static final Activation[] ALL = {
    Activation.RELU,
    Activation.SIGMOID,
    Activation.TANH,
    Activation.IDENTITY,
    Activation.LEAKY_RELU,
    Activation.ELU
  };

  /** A network in training. */
  private record Case(NetworkSpec model, TrainingSpec training, ImageSet images) {

    MultiLayerNetwork network() {
      return Networks.create(model, HEIGHT, WIDTH, CLASSES, training::configure, SEED);
    }

    Learner stock(MultiLayerNetwork network) {
      return new Dl4jLearner(task(network));
    }

    DoublePrecisionLearner exact() {
      return new DoublePrecisionLearner(network(), images, model.output(), training, SEED);
    }

    Learner fused(MultiLayerNetwork network, int threads) throws Exception {
      Optimizer.attach(network, training);
      NetworkPlan plan = NetworkPlan.of(model, CLASSES);
      return new FusedLearner(task(network), plan, threads);
    }

    private TrainingTask task(MultiLayerNetwork network) {
      return new TrainingTask(
          network, model.output(), images, CLASSES, training, SEED, StartedBackend.cpu());
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerSpec.OptimizerName.class)
  void aStepIsThatOfDl4jWithEveryOptimizer(OptimizerSpec.OptimizerName optimizer) throws Exception {
    Random random = new Random(optimizer.name().hashCode());
    for (int i = 0; i < 4; i++) {
      assertSame(randomCase(random, optimizer, false, 0.15 + 0.6 * (i % 2)), 1, 1e-5);
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
      Case test = randomCase(random, optimizer, true, 0.15 + 0.6 * (i % 2));
      MultiLayerNetwork ofDl4j = test.network();
      MultiLayerNetwork ofFused = test.network();
      try (DoublePrecisionLearner exact = test.exact();
          Learner stock = test.stock(ofDl4j);
          Learner fused = test.fused(ofFused, 2)) {
        run(exact, test, 0, 100);
        run(stock, test, 0, 100);
        run(fused, test, 0, 100);
        fused.syncParameters();
        assertClose(exact.network(), ofDl4j, 5e-6, "DL4J's step in " + test);
        assertClose(exact.network(), ofFused, 5e-6, "the fused step in " + test);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SOFTMAX", "SIGMOID", "TANH", "IDENTITY"})
  void outputsMayHaveTheSquaredError(Activation activation) throws Exception {
    OutputSpec output = new OutputSpec(activation, Loss.MSE, 0, WeightInit.GLOROT_UNIFORM);
    NetworkSpec model = new NetworkSpec(List.of(Dense.DEFAULT), output);
    assertSame(new Case(model, training(OptimizerSpec.DEFAULT), images(0.2, 1)), 50, 1e-5);
  }

  @Test
  void outputsMayBeSigmoidsWithCrossEntropy() throws Exception {
    OutputSpec output =
        new OutputSpec(Activation.SIGMOID, Loss.CROSS_ENTROPY, 0, WeightInit.GLOROT_UNIFORM);
    NetworkSpec model = new NetworkSpec(List.of(new Flatten(), Dense.DEFAULT), output);
    assertSame(new Case(model, training(OptimizerSpec.DEFAULT), images(0.2, 1)), 50, 1e-5);
  }

  /** DL4J adds the squares up in single precision. */
  @ParameterizedTest
  @ValueSource(doubles = {0.15, 0.8})
  void gradientsAreClippedByTheirNorm(double density) throws Exception {
    TrainingSpec clipped =
        training(OptimizerSpec.DEFAULT, RegularizationSpec.DEFAULT, new ClippingSpec(0.1, 0), 16);
    NetworkSpec model = new NetworkSpec(List.of(Dense.DEFAULT, Dense.DEFAULT), OutputSpec.DEFAULT);
    assertSame(new Case(model, clipped, images(density, 1)), 10, 1e-4);
  }

  @Test
  void augmentedImagesAreTheSameOnes() throws Exception {
    TrainingSpec training =
        new TrainingSpec(
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
      assertSame(new Case(NetworkSpec.DEFAULT, training, images(density, 1)), 30, 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.15, 0.8})
  void bitsDoNotDependOnTheThreads(double density) throws Exception {
    Dense wide = new Dense(300, Activation.RELU, WeightInit.HE_UNIFORM);
    NetworkSpec model =
        new NetworkSpec(List.of(wide, new Dropout(0.5), wide, Dense.DEFAULT), OutputSpec.DEFAULT);
    Case one = new Case(model, training(OptimizerSpec.DEFAULT), images(density, 3));
    float[] expected = parameters(one, 1);
    for (int threads = 2; threads <= 5; threads++) {
      assertArrayEquals(expected, parameters(one, threads), threads + " threads");
    }
  }

  private static float[] parameters(Case test, int threads) throws Exception {
    MultiLayerNetwork network = test.network();
    try (Learner learner = test.fused(network, threads)) {
      learner.setThreads(threads);
      run(learner, test, 0, 20);
      learner.syncParameters();
    }
    return network.params().toFloatVector();
  }

  @Test
  void eitherGoesOnFromTheOther() throws Exception {
    Case test = new Case(NetworkSpec.DEFAULT, training(OptimizerSpec.DEFAULT), images(0.2, 2));
    MultiLayerNetwork stock = test.network();
    run(test.stock(stock), test, 0, 60);
    MultiLayerNetwork mixed = test.network();
    for (int part = 0; part < 3; part++) {
      try (Learner learner = part == 1 ? test.stock(mixed) : test.fused(mixed, 2)) {
        run(learner, test, 20 * part, 20);
        learner.syncParameters();
      }
    }
    assertEquals(60, mixed.getIterationCount());
    assertClose(stock, mixed, 1e-5, "in turns");
  }

  @Test
  void nothingButAnOutputLayerWillDo() throws Exception {
    NetworkSpec model = new NetworkSpec(List.of(), OutputSpec.DEFAULT);
    assertSame(new Case(model, training(OptimizerSpec.DEFAULT), images(0.2, 1)), 50, 1e-5);
  }

  @Test
  void evaluationIsThatOfTheNetwork() throws Exception {
    for (double density : new double[] {0.15, 0.8}) {
      Case test =
          new Case(NetworkSpec.DEFAULT, training(OptimizerSpec.DEFAULT), images(density, 2));
      MultiLayerNetwork network = test.network();
      try (Learner learner = test.fused(network, 2)) {
        run(learner, test, 0, 20);
        ImageSet others = images(density, 300, 4);
        Evaluation own = learner.predict(others).evaluation();
        learner.syncParameters();
        Evaluation stock = Predictions.of(network, others).evaluation();
        assertEquals(stock.correct(), own.correct());
        assertEquals(stock.loss(), own.loss(), 1e-5 * stock.loss());
        assertEquals(300, own.images());
      }
    }
  }

  @Test
  void whatIsNotCoveredIsNamed() {
    assertNotCovered("a layer batchnorm", Dense.DEFAULT, Batchnorm.DEFAULT);
  }

  private static void assertNotCovered(String message, LayerSpec... layers) {
    NetworkSpec model = new NetworkSpec(List.of(layers), OutputSpec.DEFAULT);
    assertEquals(
        message,
        assertThrows(NetworkPlan.NotCoveredException.class, () -> NetworkPlan.of(model, CLASSES))
            .getMessage());
  }

  /** Makes the same steps with both. */
  private static void assertSame(Case test, int steps, double tolerance) throws Exception {
    MultiLayerNetwork expected = test.network();
    MultiLayerNetwork actual = test.network();
    try (Learner stock = test.stock(expected);
        Learner fused = test.fused(actual, 2)) {
      double expectedLoss = run(stock, test, 0, steps);
      double actualLoss = run(fused, test, 0, steps);
      assertEquals(expectedLoss, actualLoss, 10 * tolerance * expectedLoss, test.toString());
      fused.syncParameters();
    }
    assertClose(expected, actual, tolerance, test.toString());
  }

  /** Returns the loss of the last step. */
  private static double run(Learner learner, Case test, int done, int steps) {
    int perEpoch = test.training().stepsPerEpoch(test.images().size());
    double loss = 0;
    for (int step = done; step < done + steps; step++) {
      if (step == done || step % perEpoch == 0) {
        learner.shuffle(1 + step / perEpoch);
      }
      loss = learner.trainBatch(step % perEpoch, RATE, SEED + step);
    }
    return loss;
  }

  private static void assertClose(
      MultiLayerNetwork expected, MultiLayerNetwork actual, double tolerance, String message) {
    assertClose(expected.params(), actual.params(), tolerance, "parameters of " + message);
    INDArray state = expected.getUpdater().getStateViewArray();
    if (state != null) {
      assertClose(state, actual.getUpdater().getStateViewArray(), tolerance, "state of " + message);
    }
  }

  /** The Euclidean norm of the difference, relative to that of what is expected. */
  private static void assertClose(INDArray expected, INDArray actual, double tolerance, String of) {
    INDArray same = actual.castTo(expected.dataType());
    double difference = expected.sub(same).norm2Number().doubleValue();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(difference <= tolerance * norm, () -> "by %s: %s".formatted(difference / norm, of));
  }

  private static Case randomCase(
      Random random, OptimizerSpec.OptimizerName name, boolean smooth, double density) {
    Activation[] activations = smooth ? SMOOTH : ALL;
    List<LayerSpec> layers = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      layers.add(new Dropout(0.2));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      Activation activation = activations[random.nextInt(activations.length)];
      layers.add(new Dense(1 + random.nextInt(300), activation, WeightInit.GLOROT_UNIFORM));
      if (random.nextInt(3) == 0) {
        layers.add(new Dropout(random.nextInt(8) / 10.0));
      }
    }
    double smoothing = random.nextBoolean() ? 0 : 0.1;
    OutputSpec output =
        new OutputSpec(
            Activation.SOFTMAX, Loss.CROSS_ENTROPY, smoothing, WeightInit.GLOROT_UNIFORM);
    OptimizerSpec optimizer = new OptimizerSpec(name, RATE, 0.9, 0.99, 1e-3, 0.9, 0.9);
    double decay = name == OptimizerSpec.OptimizerName.ADAMW ? 0.01 : 0;
    RegularizationSpec regularization =
        switch (random.nextInt(3)) {
          case 0 -> new RegularizationSpec(smooth ? 0 : 1e-4, 0, decay);
          case 1 -> new RegularizationSpec(0, 1e-3, 0.1);
          default -> new RegularizationSpec(0, 0, decay);
        };
    ClippingSpec clipping = random.nextBoolean() ? new ClippingSpec(0, 0.01) : ClippingSpec.DEFAULT;
    TrainingSpec training = training(optimizer, regularization, clipping, 1 + random.nextInt(40));
    return new Case(new NetworkSpec(layers, output), training, images(density, random.nextLong()));
  }

  private static TrainingSpec training(OptimizerSpec optimizer) {
    return training(optimizer, RegularizationSpec.DEFAULT, ClippingSpec.DEFAULT, 32);
  }

  private static TrainingSpec training(
      OptimizerSpec optimizer,
      RegularizationSpec regularization,
      ClippingSpec clipping,
      int batchSize) {
    return new TrainingSpec(
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
