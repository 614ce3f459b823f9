package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.ImageSet;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.EpochOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.learner.Optimizer;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of the fused step, seen through one step of plain gradient descent, against the
 * differences of the textbook's loss.
 */
class FlatGradientTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 4;
  private static final int CLASSES = 3;
  private static final long SEED = 8;

  /** So high that the old parameters are small beside the step, and do not round the gradient. */
  private static final double RATE = 1_000;

  private static final double STEP = 1e-5;

  @ParameterizedTest
  @EnumSource(Activation.class)
  void ofEveryActivation(Activation activation) throws Exception {
    Dense first = new Dense(6, activation, WeightInit.GLOROT_UNIFORM);
    Dense second = new Dense(5, activation, WeightInit.GLOROT_UNIFORM);
    assertGradient(new NetworkSpec(List.of(first, second), OutputSpec.DEFAULT), 7);
  }

  /** In a batch of one, x̂ is 0 whatever goes in. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void ofBatchNormalization(int batchSize) throws Exception {
    Dense tanh = new Dense(5, Activation.TANH, WeightInit.GLOROT_UNIFORM);
    Batchnorm norm = new Batchnorm(0.9, 0.01);
    for (List<LayerSpec> layers :
        List.<List<LayerSpec>>of(
            List.of(norm),
            List.of(norm, tanh),
            List.of(tanh, norm),
            List.of(tanh, norm, norm, tanh, norm))) {
      assertGradient(new NetworkSpec(layers, OutputSpec.DEFAULT), batchSize);
    }
  }

  @Test
  void ofEveryLoss() throws Exception {
    for (Activation activation : Activation.values()) {
      assertGradient(withOutput(activation, Loss.MSE), 5);
    }
    assertGradient(withOutput(Activation.SIGMOID, Loss.CROSS_ENTROPY), 5);
  }

  private static NetworkSpec withOutput(Activation activation, Loss loss) {
    OutputSpec output = new OutputSpec(activation, loss, 0, WeightInit.GLOROT_UNIFORM);
    return new NetworkSpec(
        List.of(new Dense(5, Activation.TANH, WeightInit.GLOROT_UNIFORM)), output);
  }

  /** The last batch of an epoch may be smaller: here one image of six. */
  @Test
  void ofALastBatchOfOne() throws Exception {
    NetworkSpec model =
        new NetworkSpec(
            List.of(
                new Dense(5, Activation.GELU, WeightInit.GLOROT_UNIFORM),
                Batchnorm.DEFAULT,
                new Dense(4, Activation.SOFTMAX, WeightInit.GLOROT_UNIFORM)),
            OutputSpec.DEFAULT);
    for (double density : new double[] {0.2, 0.9}) {
      assertGradient(model, images(density, 6), 5, 1);
    }
  }

  private static void assertGradient(NetworkSpec model, int batchSize) throws Exception {
    for (double density : new double[] {0.2, 0.9}) {
      assertGradient(model, images(density, 9), batchSize, 0);
    }
  }

  private static void assertGradient(
      NetworkSpec model, ImageSet images, int batchSize, int batchOfEpoch) throws Exception {
    TrainingSpec training = training(batchSize);
    MultiLayerNetwork network =
        Networks.create(model, HEIGHT, WIDTH, CLASSES, training::configure, SEED);
    Optimizer.attach(network, training);
    spread(network);
    double[] before = network.params().toDoubleVector();
    TrainingTask task =
        new TrainingTask(
            network, model.output(), images, CLASSES, training, SEED, StartedBackend.cpu());
    double loss;
    try (Learner learner = new FusedLearner(task, NetworkPlan.of(model, CLASSES), 1)) {
      learner.shuffle(1);
      loss = learner.trainBatch(batchOfEpoch, RATE, SEED).loss();
      learner.syncParameters();
    }
    int[] order = new int[images.size()];
    EpochOrder.shuffle(order, SEED, 1);
    int first = batchOfEpoch * batchSize;
    int[] batch = Arrays.copyOfRange(order, first, Math.min(order.length, first + batchSize));
    double expectedLoss = TextbookNetwork.loss(model, before, images, batch);
    assertEquals(expectedLoss, loss, 1e-5 * expectedLoss, model.toString());
    assertClose(differences(model, before, images, batch), steps(network, before), model);
  }

  /** So that no ReLU stands at its kink, as units do whose inputs and biases are all 0. */
  private static void spread(MultiLayerNetwork network) {
    float[] parameters = network.params().toFloatVector();
    Random random = new Random(SEED);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.2f * (random.nextFloat() - 0.5f);
    }
    network.setParams(Nd4j.createFromArray(parameters));
  }

  /** The derivative of the loss by each parameter; 0 by running averages. */
  private static double[] differences(
      NetworkSpec model, double[] parameters, ImageSet images, int[] batch) {
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      double[] moved = parameters.clone();
      moved[i] += STEP;
      double above = TextbookNetwork.loss(model, moved, images, batch);
      moved[i] -= 2 * STEP;
      gradient[i] = (above - TextbookNetwork.loss(model, moved, images, batch)) / (2 * STEP);
    }
    return gradient;
  }

  private static double[] steps(MultiLayerNetwork network, double[] before) {
    double[] gradient = network.params().toDoubleVector();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (before[i] - gradient[i]) / RATE;
    }
    for (var layer : network.getLayers()) {
      for (String statistic : List.of("mean", "var")) {
        if (layer.paramTable().containsKey(statistic)) {
          clear(gradient, network, layer.getParam(statistic));
        }
      }
    }
    return gradient;
  }

  /** They move, though by no gradient. */
  private static void clear(double[] gradient, MultiLayerNetwork network, INDArray view) {
    int from = (int) (view.offset() - network.params().offset());
    Arrays.fill(gradient, from, from + (int) view.length(), 0);
  }

  private static void assertClose(double[] expected, double[] actual, NetworkSpec model) {
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += (expected[i] - actual[i]) * (expected[i] - actual[i]);
      norm += expected[i] * expected[i];
    }
    double error = Math.sqrt(squares / norm);
    assertTrue(error < 1e-5, () -> "by %s: %s".formatted(error, model));
  }

  private static TrainingSpec training(int batchSize) {
    return TrainingSpecs.of(
        1,
        batchSize,
        new OptimizerSpec(OptimizerSpec.OptimizerName.SGD, 0.01, 0.9, 0.999, 1e-7, 0.9, 0.9),
        ScheduleSpec.DEFAULT,
        RegularizationSpec.DEFAULT,
        ClippingSpec.DEFAULT);
  }

  private static ImageSet images(double density, int count) {
    Random random = new Random(SEED);
    byte[] pixels = new byte[count * HEIGHT * WIDTH];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      labels[i / (HEIGHT * WIDTH)] = (byte) (i / (HEIGHT * WIDTH) % CLASSES);
      pixels[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(255) : 0);
    }
    return new ImageSet(HEIGHT, WIDTH, pixels, labels);
  }
}
