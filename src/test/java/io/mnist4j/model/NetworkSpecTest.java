package io.mnist4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import io.mnist4j.model.layers.ShapeException;
import io.mnist4j.model.layers.WeightInit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkSpecTest {
  private static final Conv2d CONV = Conv2d.DEFAULT;

  @Test
  void shapesGoFromLayerToLayer() {
    NetworkSpec spec =
        network(
            conv(16, 5, 1, Padding.VALID),
            new Maxpool2d(2, 2),
            conv(8, 3, 2, Padding.SAME),
            Batchnorm.DEFAULT,
            new Avgpool2d(3, 1),
            Dropout.DEFAULT,
            new Flatten(),
            Dense.DEFAULT);
    assertEquals(
        "[28x28x1, 24x24x16, 12x12x16, 6x6x8, 6x6x8, 4x4x8, 4x4x8, 128, 128]",
        spec.inputShapes(28, 28, 10).toString());
  }

  @Test
  void hiddenLayersOfOtherWidthsAreOtherwiseAsBefore() {
    Dense tanh = new Dense(64, Activation.TANH, WeightInit.HE_NORMAL);
    Dense relu = new Dense(32, Activation.RELU, WeightInit.GLOROT_UNIFORM);
    NetworkSpec spec = network(new Dropout(0.1), tanh, Batchnorm.DEFAULT, relu, new Dropout(0.5));
    assertEquals(
        List.of(
            new Dropout(0.1),
            new Dense(512, Activation.TANH, WeightInit.HE_NORMAL),
            Batchnorm.DEFAULT,
            new Dense(256, Activation.RELU, WeightInit.GLOROT_UNIFORM),
            new Dropout(0.5),
            new Dense(128, Activation.RELU, WeightInit.GLOROT_UNIFORM),
            new Dropout(0.5)),
        spec.withHidden(List.of(512, 256, 128)).layers());
    assertEquals(
        List.of(
            new Dropout(0.1),
            new Dense(9, Activation.TANH, WeightInit.HE_NORMAL),
            Batchnorm.DEFAULT),
        spec.withHidden(List.of(9)).layers());
    assertEquals(
        List.of(new Dense(7, Activation.RELU, WeightInit.GLOROT_UNIFORM)),
        network().withHidden(List.of(7)).layers());
  }

  @Test
  void imagesNeedNotBeSquare() {
    NetworkSpec spec = network(conv(1, 3, 2, Padding.VALID), new Maxpool2d(2, 1), new Flatten());
    assertEquals("[20x31x1, 9x15x1, 8x14x1, 112]", spec.inputShapes(20, 31, 10).toString());
  }

  @Test
  void withoutLayersForImagesTheInputIsFlat() {
    assertEquals("[784, 784]", network(Batchnorm.DEFAULT).inputShapes(28, 28, 10).toString());
    assertEquals(
        "[784, 784, 128]",
        network(new Flatten(), Dense.DEFAULT).inputShapes(28, 28, 10).toString());
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsNumberAndBothShapes() {
    assertRefused(
        "model.layers.2: a 5x5 kernel does not fit into 3x3x32",
        network(conv(32, 3, 2, Padding.VALID), new Maxpool2d(4, 4), conv(8, 5, 1, Padding.VALID)));
    assertRefused(
        "model.layers.1: a 30x30 kernel does not fit into 26x26x32",
        network(CONV, new Maxpool2d(30, 2)));
    assertRefused(
        "model.layers.1: dense takes a row of numbers, and gets 26x26x32; put a flatten before it",
        network(CONV, Dense.DEFAULT));
    assertRefused(
        "model.layers.2: conv2d takes an image (height x width x channels), and gets a row of 21632"
            + " numbers",
        network(CONV, new Flatten(), CONV));
    assertRefused(
        "model.layers.3: maxpool2d takes an image (height x width x channels), and gets a row of 128"
            + " numbers",
        network(CONV, new Flatten(), Dense.DEFAULT, Maxpool2d.DEFAULT));
    assertRefused(
        "model.layers: the output layer takes a row of numbers, and gets 13x13x32; put a flatten"
            + " before it",
        network(CONV, Avgpool2d.DEFAULT));
  }

  @Test
  void softmaxNeedsTwoClasses() {
    ShapeException refused =
        assertThrows(ShapeException.class, () -> NetworkSpec.DEFAULT.inputShapes(28, 28, 1));
    assertEquals("model.output: a softmax over one class is always 1", refused.getMessage());
  }

  @Test
  void kernelLargerThanTheImageFitsWhereZerosArePutAround() {
    assertEquals(
        "[28x28x1, 28x28x2, 1568]",
        network(conv(2, 31, 1, Padding.SAME), new Flatten()).inputShapes(28, 28, 10).toString());
  }

  @Test
  void valuesOutOfRangeAreRefusedByTheirKey() {
    assertRefused("units must be at least 1, not 0", () -> dense(0));
    assertRefused("filters must be 1 to 65536, not 0", () -> conv(0, 3, 1, Padding.VALID));
    assertRefused("kernel must be 1 to 1000, not 1001", () -> conv(1, 1001, 1, Padding.SAME));
    assertRefused("stride must be 1 to 1000, not 0", () -> new Maxpool2d(2, 0));
    assertRefused(
        "stride must be at most the kernel, 2, with the padding same, not 3",
        () -> conv(1, 2, 3, Padding.SAME));
    assertRefused("kernel must be 1 to 1000, not -1", () -> new Avgpool2d(-1, 1));
    assertRefused("rate must be at least 0 and below 1, not 1.0", () -> new Dropout(1));
    assertRefused("rate must be at least 0 and below 1, not NaN", () -> new Dropout(Double.NaN));
    assertRefused("momentum must be at least 0 and below 1, not 1.0", () -> new Batchnorm(1, 1e-3));
    assertRefused("epsilon must be above 0 and at most 1, not 0.0", () -> new Batchnorm(0.9, 0));
    assertRefused(
        "activation cannot be softmax in a conv2d; it is for dense layers and the output",
        () -> new Conv2d(1, 1, 1, Padding.VALID, Activation.SOFTMAX, WeightInit.GLOROT_UNIFORM));
  }

  @Test
  void contradictionsOfTheOutputAreRefusedByTheirKey() {
    for (Activation activation : Activation.values()) {
      if (activation != Activation.SOFTMAX && activation != Activation.SIGMOID) {
        assertRefused(
            "activation must be softmax or sigmoid for the loss cross-entropy, which takes the"
                + " logarithm of it",
            () -> output(activation, Loss.CROSS_ENTROPY, 0));
      }
    }
    assertRefused(
        "label-smoothing must be at least 0 and below 1, not 1.0",
        () -> output(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 1));
    String onlyForSoftmax =
        "label-smoothing is for the activation softmax with the loss cross-entropy; set it to 0";
    assertRefused(onlyForSoftmax, () -> output(Activation.SOFTMAX, Loss.MSE, 0.1));
    assertRefused(onlyForSoftmax, () -> output(Activation.SIGMOID, Loss.CROSS_ENTROPY, 0.1));
  }

  /** Szegedy et al.: (1 - ε) · one-hot + ε / K; with ε = 0.1 and K = 10, 0.91 and nine of 0.01. */
  @Test
  void labelSmoothingSpreadsItsShareOverAllClasses() {
    OutputSpec smoothed = output(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0.1);
    assertEquals(0.91, smoothed.targetOfLabel(10), 1e-15);
    assertEquals(0.01, smoothed.targetOfOthers(10), 1e-15);
    assertEquals(1, smoothed.targetOfLabel(7) + 6 * smoothed.targetOfOthers(7), 1e-15);
    assertEquals(1, OutputSpec.DEFAULT.targetOfLabel(10), 0);
    assertEquals(0, OutputSpec.DEFAULT.targetOfOthers(10), 0);
  }

  private static void assertRefused(String message, NetworkSpec spec) {
    ShapeException refused = assertThrows(ShapeException.class, () -> spec.parameters(28, 28, 10));
    assertEquals(message, refused.getMessage());
  }

  private static void assertRefused(String message, Executable construction) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, construction).getMessage());
  }

  private static NetworkSpec network(LayerSpec... layers) {
    return new NetworkSpec(List.of(layers), OutputSpec.DEFAULT);
  }

  private static Dense dense(int units) {
    return new Dense(units, Activation.RELU, WeightInit.GLOROT_UNIFORM);
  }

  private static Conv2d conv(int filters, int kernel, int stride, Padding padding) {
    return new Conv2d(filters, kernel, stride, padding, Activation.RELU, WeightInit.GLOROT_UNIFORM);
  }

  private static OutputSpec output(Activation activation, Loss loss, double labelSmoothing) {
    return new OutputSpec(activation, loss, labelSmoothing, WeightInit.GLOROT_UNIFORM);
  }
}
