package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * DL4J's gradients against central differences (L(w + e) - L(w - e)) / 2e, in double precision, for
 * every parameter of a small network: every layer, every activation and every loss. Training mode:
 * batch normalisation uses the batch's own mean and variance, whose dependence on the weights the
 * differences contain; the random numbers are begun again before each pass, so that dropout drops
 * the same values.
 */
class GradientCheckTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 4;
  private static final int CLASSES = 3;
  private static final int IMAGES = 4;
  private static final long SEED = 12345;
  private static final double STEP = 1e-6;

  /** What double precision leaves of the difference of two losses near 1, at this step. */
  private static final double ABSOLUTE = 1e-9;

  private static final double RELATIVE = 1e-5;

  private static final Dense DENSE = dense(4, Activation.TANH);

  static Stream<Arguments> layers() {
    return Stream.of(
        layer("no layer"),
        layer("dense", DENSE),
        layer("two dense", DENSE, dense(3, Activation.SIGMOID)),
        layer("convolution", conv(2, 3, 1, Padding.VALID), new Flatten()),
        layer("convolution, even kernel", conv(2, 2, 1, Padding.VALID), new Flatten()),
        layer("convolution, stride 2", conv(2, 2, 2, Padding.VALID), new Flatten()),
        layer("convolution, same", conv(2, 3, 1, Padding.SAME), new Flatten()),
        layer("convolution, same, even", conv(2, 4, 1, Padding.SAME), new Flatten()),
        layer("convolution, same, stride 2", conv(2, 3, 2, Padding.SAME), new Flatten()),
        layer(
            "convolution on channels",
            conv(3, 2, 1, Padding.VALID),
            conv(2, 3, 1, Padding.VALID),
            new Flatten(),
            DENSE),
        layer("largest", conv(2, 2, 1, Padding.VALID), new Maxpool2d(2, 2), new Flatten()),
        layer("overlapping", conv(2, 1, 1, Padding.VALID), new Maxpool2d(3, 2), new Flatten()),
        layer("mean", conv(2, 2, 1, Padding.VALID), new Avgpool2d(2, 2), new Flatten()),
        layer(
            "means, overlapping", conv(2, 1, 1, Padding.VALID), new Avgpool2d(3, 1), new Flatten()),
        layer("pool first", new Maxpool2d(2, 2), new Flatten(), DENSE),
        layer("mean first", new Avgpool2d(2, 1), new Flatten(), DENSE),
        layer("flatten of what is flat", new Flatten(), DENSE),
        layer("dropout", DENSE, new Dropout(0.4)),
        layer("dropout of nothing", DENSE, new Dropout(0)),
        layer("dropout first", new Dropout(0.25), DENSE),
        layer(
            "dropout of an image",
            conv(2, 3, 1, Padding.VALID),
            new Dropout(0.3),
            new Flatten(),
            DENSE),
        layer("dropout after flatten", new Maxpool2d(2, 2), new Flatten(), new Dropout(0.3), DENSE),
        layer("normalised row", DENSE, new Batchnorm(0.9, 1e-3)),
        layer("normalised pixels", new Batchnorm(0.9, 1e-3), DENSE),
        layer(
            "normalised channels",
            conv(2, 3, 1, Padding.VALID),
            new Batchnorm(0.9, 1e-3),
            new Flatten(),
            DENSE),
        layer(
            "normalised image",
            new Batchnorm(0.9, 1e-3),
            conv(2, 3, 1, Padding.VALID),
            new Flatten()),
        layer(
            "normalised after flatten",
            conv(2, 3, 2, Padding.VALID),
            new Flatten(),
            new Batchnorm(0.9, 1e-3),
            DENSE));
  }

  static Stream<Arguments> activations() {
    List<Arguments> all = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      all.add(layer("dense " + activation, dense(5, activation), DENSE));
      if (activation != Activation.SOFTMAX) {
        Conv2d convolution =
            new Conv2d(2, 3, 1, Padding.VALID, activation, WeightInit.GLOROT_UNIFORM);
        all.add(layer("convolution " + activation, convolution, new Flatten()));
      }
    }
    return all.stream();
  }

  static Stream<OutputSpec> outputs() {
    Stream<OutputSpec> squared =
        Stream.of(Activation.values()).map(activation -> output(activation, Loss.MSE, 0));
    Stream<OutputSpec> logarithmic =
        Stream.of(
            output(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0),
            output(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0.1),
            output(Activation.SIGMOID, Loss.CROSS_ENTROPY, 0));
    return Stream.concat(squared, logarithmic);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"layers", "activations"})
  void everyLayerAndActivation(String name, List<LayerSpec> layers) {
    check(new NetworkSpec(layers, OutputSpec.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void everyOutputAndLoss(OutputSpec output) {
    check(new NetworkSpec(List.of(DENSE), output));
  }

  private static void check(NetworkSpec spec) {
    MultiLayerNetwork network =
        Networks.create(
            spec,
            HEIGHT,
            WIDTH,
            CLASSES,
            training -> training.updater(new NoOp()),
            SEED,
            DataType.DOUBLE);
    Nd4j.getRandom().setSeed(SEED);
    INDArray features = Nd4j.rand(DataType.DOUBLE, IMAGES, HEIGHT * WIDTH);
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, IMAGES, CLASSES);
    labels.assign(spec.output().targetOfOthers(CLASSES));
    for (int image = 0; image < IMAGES; image++) {
      labels.putScalar(image, image % CLASSES, spec.output().targetOfLabel(CLASSES));
    }
    // Biases and the like, too, away from the 0 and 1 that they begin at.
    network.params().addi(Nd4j.randn(DataType.DOUBLE, network.params().shape()).muli(0.1));
    network.setInput(features);
    network.setLabels(labels);

    loss(network);
    INDArray gradient = network.gradient().gradient().dup().divi(IMAGES);
    int checked = 0;
    int index = 0;
    for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
      long end = index + parameter.getValue().length();
      boolean runningAverage = parameter.getKey().matches("[0-9]+_(mean|var)");
      for (; index < end; index++) {
        if (!runningAverage) {
          assertTrueGradient(network, parameter.getKey(), index, gradient.getDouble(index));
          checked++;
        }
      }
    }
    ModelSummary summary = ModelSummary.of(spec, HEIGHT, WIDTH, CLASSES);
    assertEquals(summary.rows().stream().mapToLong(ModelSummary.LayerRow::trained).sum(), checked);
  }

  private static void assertTrueGradient(
      MultiLayerNetwork network, String name, int index, double analytic) {
    INDArray parameters = network.params();
    double value = parameters.getDouble(index);
    parameters.putScalar(index, value + STEP);
    double above = loss(network);
    parameters.putScalar(index, value - STEP);
    double below = loss(network);
    parameters.putScalar(index, value);
    double numeric = (above - below) / (2 * STEP);
    double error = Math.abs(analytic - numeric);
    assertTrue(
        error <= ABSOLUTE + RELATIVE * Math.max(Math.abs(analytic), Math.abs(numeric)),
        () -> "%s, parameter %d: %s, differences say %s".formatted(name, index, analytic, numeric));
  }

  private static double loss(MultiLayerNetwork network) {
    Nd4j.getRandom().setSeed(SEED);
    network.computeGradientAndScore();
    return network.score();
  }

  private static Arguments layer(String name, LayerSpec... layers) {
    return Arguments.of(name, List.of(layers));
  }

  private static Dense dense(int units, Activation activation) {
    return new Dense(units, activation, WeightInit.GLOROT_UNIFORM);
  }

  private static Conv2d conv(int filters, int kernel, int stride, Padding padding) {
    return new Conv2d(filters, kernel, stride, padding, Activation.TANH, WeightInit.GLOROT_UNIFORM);
  }

  private static OutputSpec output(Activation activation, Loss loss, double labelSmoothing) {
    return new OutputSpec(activation, loss, labelSmoothing, WeightInit.GLOROT_UNIFORM);
  }
}
