package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.OptimizerSpec.OptimizerName;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import io.mnist4j.train.privacy.PrivacySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The private step against the gradients of single images, and the noise that it adds. */
class PrivateStepTest {
  private static final int CLASSES = 4;
  private static final OptimizerSpec PLAIN = optimizer(OptimizerName.SGD, 1);

  /** So little that it is not seen, where the sum of the gradients is looked at. */
  private static final double NO_NOISE = 1e-12;

  private static OptimizerSpec optimizer(OptimizerName name, double rate) {
    return new OptimizerSpec(name, rate, 0.9, 0.999, 1e-7, 0.9, 0.9);
  }

  private static LayerSpec dense(int units, Activation activation) {
    return new Dense(units, activation, WeightInit.GLOROT_UNIFORM);
  }

  private static LayerSpec conv(int filters, int kernel, int stride, Activation activation) {
    return new Conv2d(filters, kernel, stride, Padding.SAME, activation, WeightInit.GLOROT_UNIFORM);
  }

  static Stream<List<LayerSpec>> networks() {
    return Stream.of(
        List.of(dense(8, Activation.TANH)),
        List.of(dense(300, Activation.SWISH), dense(8, Activation.SOFTMAX)),
        List.of(),
        List.of(conv(5, 3, 1, Activation.TANH), Flatten.DEFAULT),
        List.of(
            conv(5, 3, 1, Activation.GELU),
            new Maxpool2d(2, 2),
            conv(6, 3, 2, Activation.TANH),
            new Avgpool2d(2, 1),
            Flatten.DEFAULT,
            dense(7, Activation.SIGMOID)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachImagesGradientIsClippedByItself(List<LayerSpec> layers) throws Exception {
    for (double ink : new double[] {0.15, 0.9}) {
      ImageSet images = images(37, ink);
      for (double clip : new double[] {0.3, 1, 1e3}) {
        StepComparison comparison = comparison(layers, images, 100, NO_NOISE, clip, PLAIN);
        MultiLayerNetwork trained = comparison.network();
        INDArray before = trained.params().castTo(DataType.DOUBLE);
        try (Learner learner = comparison.fused(trained, 2)) {
          learner.shuffle(1);
          Learner.StepResult result = learner.trainBatch(0, 1, 1);
          assertEquals(37, result.images());
          learner.syncParameters();
        }
        INDArray step = before.sub(trained.params().castTo(DataType.DOUBLE));
        INDArray expected = meanOfClipped(comparison.network(), comparison, clip);
        double difference = step.sub(expected).norm2Number().doubleValue();
        double norm = expected.norm2Number().doubleValue();
        assertTrue(norm > 1e-3, "norm " + norm);
        assertTrue(
            difference < 2e-4 * norm,
            () -> "by %s of %s, clip %s, %s".formatted(difference, norm, clip, layers));
      }
    }
  }

  /** By DL4J, which is asked for the gradient of one image after another. */
  private static INDArray meanOfClipped(
      MultiLayerNetwork network, StepComparison comparison, double clip) {
    ImageSet images = comparison.images();
    float[][] targets = comparison.model().output().targets(CLASSES);
    INDArray sum = Nd4j.zeros(DataType.DOUBLE, 1, network.numParams());
    int clipped = 0;
    for (int i = 0; i < images.size(); i++) {
      network.setInput(Tensors.features(images, i, i + 1));
      network.setLabels(Nd4j.createFromArray(new float[][] {targets[images.label(i)]}));
      network.computeGradientAndScore();
      INDArray gradient =
          network.getFlattenedGradients().castTo(DataType.DOUBLE).reshape(1, network.numParams());
      double norm = gradient.norm2Number().doubleValue();
      clipped += norm > clip ? 1 : 0;
      sum.addi(gradient.mul(Math.min(1, clip / norm)));
    }
    assertTrue(clip < 1 ? clipped > 0 : clip < 100 || clipped == 0, clipped + " beyond " + clip);
    return sum.divi(images.size());
  }

  @Test
  void noiseHasTheDeviationOfTheClipAndTheExpectedBatch() throws Exception {
    ImageSet images = images(400, 0.3);
    double clip = 1e-6;
    StepComparison comparison =
        comparison(List.of(dense(300, Activation.TANH)), images, 40, 1e6, clip, PLAIN);
    MultiLayerNetwork network = comparison.network();
    float[] first = network.params().toFloatVector();
    try (Learner learner = comparison.fused(network, 1)) {
      learner.shuffle(1);
      learner.trainBatch(0, 1, 1);
      learner.syncParameters();
      float[] second = network.params().toFloatVector();
      learner.trainBatch(1, 1, 1);
      learner.syncParameters();
      float[] third = network.params().toFloatVector();
      double[] noise = difference(first, second);
      assertDeviation(1e6 * clip / 40, noise);
      assertDeviation(Math.sqrt(2) * 1e6 * clip / 40, difference(first, third));
      // Neighbours, and the halves of the vector, have nothing to do with each other.
      assertUncorrelated(noise, 1);
      assertUncorrelated(noise, noise.length / 2);
    }
  }

  private static double[] difference(float[] a, float[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = (double) b[i] - a[i];
    }
    return difference;
  }

  private static void assertDeviation(double expected, double[] numbers) {
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double square = Arrays.stream(numbers).map(x -> x * x).average().orElseThrow();
    assertEquals(0, mean, 5 * expected / Math.sqrt(numbers.length));
    assertEquals(
        expected * expected, square, 5 * expected * expected * Math.sqrt(2.0 / numbers.length));
  }

  private static void assertUncorrelated(double[] numbers, int lag) {
    double product = 0;
    double square = 0;
    for (int i = 0; i + lag < numbers.length; i++) {
      product += numbers[i] * numbers[i + lag];
      square += numbers[i] * numbers[i];
    }
    assertEquals(0, product / square, 5 / Math.sqrt(numbers.length - lag));
  }

  @Test
  void seededStepsAreTheSameBitsOnAnyNumberOfThreads() throws Exception {
    List<LayerSpec> layers =
        List.of(conv(5, 3, 1, Activation.RELU), Flatten.DEFAULT, dense(70, Activation.RELU));
    OptimizerSpec adam = optimizer(OptimizerName.ADAM, 0.01);
    comparison(layers, images(90, 0.3), 20, 1, 0.5, adam).assertSameBits(8);
    comparison(List.of(dense(300, Activation.RELU)), images(90, 0.3), 20, 1, 0.5, adam)
        .assertSameBits(8);
  }

  @Test
  void secretNoiseIsNeverTheSame() throws Exception {
    ImageSet images = images(90, 0.3);
    TrainingSpec spec = spec(20, new PrivacySpec(0, 1, 1e-5, 0.5, false), PLAIN);
    NetworkSpec model = new NetworkSpec(List.of(), OutputSpec.DEFAULT);
    StepComparison comparison = new StepComparison(model, spec, images, CLASSES);
    float[][] parameters = new float[2][];
    for (int i = 0; i < 2; i++) {
      MultiLayerNetwork network = comparison.network();
      try (Learner learner = comparison.fused(network, 1)) {
        comparison.run(learner, 0, 1);
        learner.syncParameters();
        parameters[i] = network.params().toFloatVector();
      }
    }
    assertFalse(Arrays.equals(parameters[0], parameters[1]));
  }

  @Test
  void emptyBatchesAddNoiseAlone() throws Exception {
    ImageSet images = images(200, 0.3);
    StepComparison comparison = comparison(List.of(), images, 1, NO_NOISE, 1, PLAIN);
    MultiLayerNetwork network = comparison.network();
    int empty = 0;
    int more = 0;
    try (Learner learner = comparison.fused(network, 1)) {
      learner.shuffle(1);
      for (int step = 0; step < 40; step++) {
        float[] before = network.params().toFloatVector();
        Learner.StepResult result = learner.trainBatch(step, 1, step + 1);
        learner.syncParameters();
        if (result.images() == 0) {
          empty++;
          assertEquals(0, result.loss());
          assertEquals(0, result.correct());
          assertArrayEquals(before, network.params().toFloatVector(), 1e-9f);
        } else {
          more += result.images() > 1 ? 1 : 0;
        }
      }
    }
    assertTrue(empty > 5 && more > 2, empty + " empty batches, " + more + " of several images");
  }

  private static StepComparison comparison(
      List<LayerSpec> layers,
      ImageSet images,
      int batchSize,
      double noise,
      double clip,
      OptimizerSpec optimizer) {
    TrainingSpec spec = spec(batchSize, new PrivacySpec(0, noise, 1e-5, clip, true), optimizer);
    NetworkSpec model = new NetworkSpec(layers, OutputSpec.DEFAULT);
    return new StepComparison(model, spec, images, CLASSES);
  }

  private static TrainingSpec spec(int batchSize, PrivacySpec privacy, OptimizerSpec optimizer) {
    return TrainingSpecs.privately(
        TrainingSpecs.of(
            5,
            batchSize,
            optimizer,
            ScheduleSpec.DEFAULT,
            RegularizationSpec.DEFAULT,
            ClippingSpec.DEFAULT),
        privacy);
  }

  /**
   * Images of 7x9.
   *
   * @param ink share of the pixels that are not empty
   */
  private static ImageSet images(int count, double ink) {
    Random random = new Random(count);
    byte[] pixels = new byte[count * 63];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextDouble() < ink ? random.nextInt(256) : 0);
    }
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
    }
    return new ImageSet(7, 9, pixels, labels);
  }
}
