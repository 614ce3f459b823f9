package io.mnist4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.random.SplitMix64;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Slopes by backpropagation against central differences of what the model says. */
class PixelGradientTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;
  private static final float STEP = 0.004f;

  /** Without kinks near by, so that differences over a step are close to the slopes. */
  static Stream<List<LayerSpec>> networks() {
    Dense dense = new Dense(7, Activation.TANH, WeightInit.GLOROT_UNIFORM);
    Conv2d conv = new Conv2d(3, 3, 1, Padding.SAME, Activation.TANH, WeightInit.GLOROT_UNIFORM);
    return Stream.of(
        List.of(),
        List.of(dense, new Dropout(0.5), dense),
        List.of(dense, Batchnorm.DEFAULT, dense),
        List.of(conv, Batchnorm.DEFAULT, new Avgpool2d(2, 2), new Flatten(), dense),
        List.of(new Maxpool2d(2, 2), conv, new Flatten(), new Dropout(0.3)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isThatOfWhatTheModelSays(List<LayerSpec> layers) {
    MultiLayerNetwork network =
        Networks.create(
            new NetworkSpec(layers, OutputSpec.DEFAULT),
            HEIGHT,
            WIDTH,
            CLASSES,
            training -> training.updater(new Sgd(0.01)),
            3);
    setStatistics(network);
    check(new TrainedModel(network, Provenance.unknown(CLASSES, HEIGHT, WIDTH, "test")), 5e-3);
  }

  /** Running averages other than 0 and 1, as training leaves them. */
  private static void setStatistics(MultiLayerNetwork network) {
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              if (name.endsWith("_mean")) {
                spread(values, -0.5, 0.5);
              } else if (name.endsWith("_var") || name.endsWith("_gamma")) {
                spread(values, 0.5, 2);
              } else if (name.endsWith("_log10stdev")) {
                spread(values, -0.3, 0.3);
              }
            });
  }

  private static void spread(INDArray values, double from, double to) {
    for (int i = 0; i < values.length(); i++) {
      values.putScalar(i, from + (to - from) * i / values.length());
    }
  }

  private static void check(TrainedModel model, double tolerance) {
    int pixels = model.provenance().height() * model.provenance().width();
    SplitMix64 random = new SplitMix64(1, 2);
    float[] images = new float[2 * pixels];
    // Each tone once, so that no two pixels compete within a step for the largest of a window.
    for (int i = 0; i < images.length; i++) {
      int other = random.nextInt(i + 1);
      images[i] = images[other];
      images[other] = 0.1f + 0.8f * i / images.length;
    }
    int[] labels = {1, 0};
    PixelGradient.Slopes found =
        PixelGradient.of(model).orElseThrow().of(images, labels, ClassMargin.LOG_ODDS);
    double largest = 0;
    for (int image = 0; image < 2; image++) {
      float[] one = Arrays.copyOfRange(images, image * pixels, (image + 1) * pixels);
      assertEquals(logOdds(model, one, labels[image]), found.margins()[image], 1e-3);
      for (int i = 0; i < pixels; i += Math.max(1, pixels / 40)) {
        float[] more = one.clone();
        more[i] += STEP;
        float[] less = one.clone();
        less[i] -= STEP;
        double slope =
            (logOdds(model, more, labels[image]) - logOdds(model, less, labels[image]))
                / (more[i] - less[i]);
        assertEquals(slope, found.slopes()[image * pixels + i], tolerance, "pixel " + i);
        largest = Math.max(largest, Math.abs(slope));
      }
    }
    assertTrue(largest > 0.05, "largest slope " + largest);
  }

  private static double logOdds(TrainedModel model, float[] image, int label) {
    INDArray outputs = model.outputs(Nd4j.create(image, new long[] {1, image.length}, 'c'));
    double own = outputs.getDouble(0, label);
    double others = outputs.sumNumber().doubleValue() - own;
    return Math.log(own / others);
  }

  /** Their pixels pass through the range and the shape that the file says. */
  @ParameterizedTest
  @ValueSource(strings = {"keras3-mlp.h5", "keras3-bytes.h5", "dl4j-0.9.1-cnn.zip"})
  void isThatOfOtherProgramsToo(String file) throws Exception {
    TrainedModel model =
        ModelFile.read(Path.of("src/test/resources/models", file), Optional.empty());
    assertTrue(PixelGradient.of(model).isPresent());
  }

  /** Of a sharp margin the best of the other classes alone counts. */
  @Test
  void marginsAreWorkedOutByHand() {
    double[] slopes = new double[3];
    double[] scores = {1, 2, 0};
    assertEquals(1 - Math.log(Math.exp(2) + 1), ClassMargin.LOG_ODDS.of(scores, 0, slopes), 1e-12);
    assertEquals(1, slopes[0]);
    assertEquals(-Math.exp(2) / (Math.exp(2) + 1), slopes[1], 1e-12);
    assertEquals(-1, new ClassMargin(50).of(scores, 0, slopes), 1e-9);
    assertEquals(-1, slopes[1], 1e-9);
    assertEquals(0, slopes[2], 1e-9);
    // Of probabilities: ln(0.25 / (0.5 + 0.25)).
    assertEquals(
        Math.log(1 / 3.0),
        ClassMargin.LOG_ODDS.ofOutputs(new double[] {0.25, 0.5, 0.25}, 0, slopes),
        1e-12);
    assertEquals(4, slopes[0], 1e-12);
    assertEquals(-1 / 0.75, slopes[1], 1e-12);
  }
}
