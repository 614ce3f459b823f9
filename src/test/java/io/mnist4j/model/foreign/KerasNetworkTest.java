package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Models given as Keras writes them, against Keras' formulas worked out here. */
class KerasNetworkTest {
  private static final INDArray IMAGES = ModelFiles.images();

  private static final INDArray KERNEL = waves(0.1, 784, 10);

  private static final INDArray BIAS = Nd4j.linspace(-1, 1, 10).castTo(KERNEL.dataType());

  private static final String RELU =
      "{'module': 'keras.layers', 'class_name': 'ReLU', 'config': {'name': 'a', %s}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'max_value': 0.5, 'negative_slope': 0, 'threshold': 0 | 0.5 | 0 | 0",
        "'max_value': null, 'negative_slope': 0.4, 'threshold': 0 | 1e9 | 0.4 | 0",
        "'max_value': null, 'negative_slope': 0.0, 'threshold': 0.3 | 1e9 | 0 | 0.3",
        "'max_value': 1, 'negative_slope': 0.1, 'threshold': 0.2 | 1 | 0.1 | 0.2",
      })
  void reluKeepsItsParameters(String settings, double max, double slope, double threshold)
      throws Exception {
    INDArray expected = sums();
    for (int i = 0; i < expected.length(); i++) {
      double x = expected.getDouble(i);
      expected.putScalar(i, x > threshold ? Math.min(x, max) : slope * (x - threshold));
    }
    String relu = RELU.formatted(settings);
    assertOutputs(expected, dense(relu));
    assertOutputs(expected, dense("'linear'"), relu);
  }

  @Test
  void activationsAsObjectsKeepTheirParameters() throws Exception {
    INDArray sums = sums();
    INDArray expected = sums.dup();
    for (int i = 0; i < sums.length(); i++) {
      double x = sums.getDouble(i);
      expected.putScalar(i, x > 0 ? x : 0.3 * Math.expm1(x));
    }
    assertOutputs(expected, dense("{'class_name': 'ELU', 'config': {'name': 'a', 'alpha': 0.3}}"));
    assertOutputs(
        Transforms.leakyRelu(sums, 0.15, true),
        dense("{'class_name': 'LeakyReLU', 'config': {'name': 'a', 'negative_slope': 0.15}}"));
    assertOutputs(
        Transforms.softmax(sums, true),
        dense("{'module': 'builtins', 'class_name': 'function', 'config': 'softmax_v2'}"));
  }

  @Test
  void whatIsNotUnderstoodIsRefusedByName() {
    assertRefused(
        "its layer 'd' (Dense) has lora_rank 4, which mnist4j does not read",
        dense("'linear', 'lora_rank': 4"));
    assertRefused(
        "its layer 'd' (Dense) has the activation glu; mnist4j reads elu", dense("'glu'"));
    assertRefused(
        "its layer 'a' (Softmax) is over axis 1, which mnist4j does not read",
        dense("'linear'"),
        "{'class_name': 'Softmax', 'config': {'name': 'a', 'axis': 1}}");
  }

  /** Over axis 1 of [28, 28] each row has its own numbers, over the last each column. */
  @ParameterizedTest
  @CsvSource({"1, true", "2, false", "-1, false"})
  void batchNormalizationOverAnAxis(int axis, boolean rows) throws Exception {
    INDArray mean = Nd4j.linspace(0, 1, 28).castTo(KERNEL.dataType());
    INDArray ones = Nd4j.ones(28);
    INDArray normal = IMAGES.dup();
    for (int n = 0; n < 5; n++) {
      for (int i = 0; i < 784; i++) {
        double shift = mean.getDouble(rows ? i / 28 : i % 28);
        normal.putScalar(n, i, 2 * (IMAGES.getDouble(n, i) - shift) / Math.sqrt(1.001));
      }
    }
    assertOutputs(
        normal.mmul(KERNEL).addiRowVector(BIAS),
        model(
            "28, 28",
            Map.of("b", List.of(ones.mul(2), ones.mul(0), mean, ones), "d", List.of(KERNEL, BIAS)),
            "{'class_name': 'BatchNormalization', 'config': {'name': 'b', 'axis': %d}}"
                .formatted(axis),
            "{'class_name': 'Flatten', 'config': {'name': 'f'}}",
            DENSE.formatted("'linear'")));
  }

  private static final String DENSE =
      "{'class_name': 'Dense', 'config': {'name': 'd', 'units': 10, 'activation': %s}}";

  /** Channels first and channels last: the same image, the same kernel, other rows behind it. */
  @ParameterizedTest
  @CsvSource({
    "channels_first, channels_last, false",
    "channels_first, channels_first, true",
    "channels_last, channels_last, true"
  })
  void flattenFollowsTheOrderOfTheChannels(String conv, String flatten, boolean pixelsFirst)
      throws Exception {
    INDArray kernel = waves(0.05, 28, 14, 1, 3);
    INDArray weights = waves(1, 6, 10);
    // Strides of 14 over 28 columns: two places of three channels.
    INDArray expected = Nd4j.zeros(5, 10);
    for (int n = 0; n < 5; n++) {
      for (int place = 0; place < 2; place++) {
        for (int channel = 0; channel < 3; channel++) {
          double sum = 0;
          for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 14; x++) {
              sum +=
                  IMAGES.getDouble(n, y * 28 + 14 * place + x) * kernel.getDouble(y, x, 0, channel);
            }
          }
          int row = pixelsFirst ? place * 3 + channel : channel * 2 + place;
          for (int unit = 0; unit < 10; unit++) {
            double before = expected.getDouble(n, unit);
            expected.putScalar(n, unit, before + sum * weights.getDouble(row, unit));
          }
        }
      }
    }
    assertOutputs(
        expected.addiRowVector(BIAS),
        model(
            conv.equals("channels_first") ? "1, 28, 28" : "28, 28, 1",
            Map.of("c", List.of(kernel), "d", List.of(weights, BIAS)),
            ("{'class_name': 'Conv2D', 'config': {'name': 'c', 'filters': 3, 'strides': 14,"
                    + " 'kernel_size': [28, 14], 'use_bias': false, 'data_format': '%s'}}")
                .formatted(conv),
            "{'class_name': 'Flatten', 'config': {'name': 'f', 'data_format': '%s'}}"
                .formatted(flatten),
            DENSE.formatted("'linear'")));
  }

  @Test
  void normalizationOfAllPixelsAndOfEach() throws Exception {
    INDArray mean = Nd4j.createFromArray(0.25f);
    INDArray variance = Nd4j.createFromArray(0.04f);
    String normalization = "{'class_name': 'Normalization', 'config': {'name': 'n', 'axis': %s}}";
    Map<String, List<INDArray>> weights =
        Map.of("n", List.of(mean, variance), "d", List.of(KERNEL, BIAS));
    INDArray expected = IMAGES.sub(0.25).div(0.2).mmul(KERNEL).addiRowVector(BIAS);
    assertOutputs(
        expected,
        model("784", weights, normalization.formatted("null"), DENSE.formatted("'linear'")));
    INDArray means = Nd4j.linspace(0, 1, 784).castTo(KERNEL.dataType());
    INDArray variances = Nd4j.ones(784).mul(0.04);
    variances.putScalar(0, 0.09);
    INDArray each = IMAGES.subRowVector(means).diviRowVector(Transforms.sqrt(variances, true));
    assertOutputs(
        each.mmul(KERNEL).addiRowVector(BIAS),
        model(
            "784",
            Map.of("n", List.of(means, variances), "d", List.of(KERNEL, BIAS)),
            normalization.formatted("-1"),
            DENSE.formatted("'linear'")));
  }

  /** The file's fault is named in its own words. */
  @Test
  void settingsThatContradictEachOtherAreRefusedByName() {
    assertRefused(
        "its layer 'r' (Reshape) makes [3,3] of 784 numbers",
        model(
            "784",
            Map.of(),
            "{'class_name': 'Reshape', 'config': {'name': 'r', 'target_shape': [3, 3]}}"));
    assertRefused(
        "its layer 'd' (Dense) takes weights of the shape [784, 10], and the file has [10, 784]",
        model("784", Map.of("d", List.of(KERNEL.transpose(), BIAS)), DENSE.formatted("'relu'")));
    assertRefused(
        "its layer 'c' (Conv2D) takes images, and gets arrays of the shape [784]",
        model("784", Map.of(), "{'class_name': 'Conv2D', 'config': {'name': 'c'}}"));
    assertRefused(
        "its layer 'p' (MaxPooling2D) leaves nothing of images of [28, 28, 1]",
        model(
            "28, 28, 1",
            Map.of(),
            "{'class_name': 'MaxPooling2D', 'config': {'name': 'p', 'pool_size': 29}}"));
  }

  /** A small file must not keep the program busy. */
  @Test
  void reorderingWithoutEndIsRefused() {
    String[] layers = new String[300];
    for (int i = 0; i < layers.length; i++) {
      layers[i] =
          "{'class_name': 'Permute', 'config': {'name': 'p%d', 'dims': [2, 1]}}".formatted(i);
    }
    assertRefused(
        "its layer 'p128' (Permute) has settings that do not fit together: they reorder more than",
        model("1024, 1024", Map.of(), layers));
  }

  @Test
  void modelsInAModelAreOpened() throws Exception {
    String outer =
        "{'class_name': 'Sequential', 'config': {'name': 'inner', 'layers': [%s]}}"
            .formatted(DENSE.formatted("'linear'"));
    KerasFile file = model("784", Map.of("d", List.of(KERNEL, BIAS)), outer, activation("softmax"));
    assertOutputs(Transforms.softmax(sums(), true), file);
  }

  private static INDArray waves(double height, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (height * Math.sin(i * i % 1_000));
    }
    return Nd4j.create(values, shape, 'c');
  }

  private static String activation(String name) {
    return "{'class_name': 'Activation', 'config': {'name': 'a', 'activation': '%s'}}"
        .formatted(name);
  }

  private static INDArray sums() {
    return IMAGES.mmul(KERNEL).addiRowVector(BIAS);
  }

  private static KerasFile dense(String activation) {
    return model("784", Map.of("d", List.of(KERNEL, BIAS)), DENSE.formatted(activation));
  }

  /** The model, and one layer more. */
  private static KerasFile with(KerasFile file, String layer) {
    try {
      String json = file.model().toString();
      String longer = json.substring(0, json.length() - 3) + "," + layer.replace('\'', '"') + "]}}";
      return new KerasFile(file.version(), new ObjectMapper().readTree(longer), file.weights());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KerasFile model(
      String shape, Map<String, List<INDArray>> weights, String... layers) {
    String input =
        "{'class_name': 'InputLayer', 'config': {'name': 'i', 'batch_shape': [null, %s]}}"
            .formatted(shape);
    String json =
        "{'class_name': 'Sequential', 'config': {'name': 'm', 'layers': [%s, %s]}}"
            .formatted(input, String.join(", ", layers));
    try {
      return new KerasFile(
          "3.5.0",
          new ObjectMapper().readTree(json.replace('\'', '"')),
          layer -> weights.getOrDefault(layer.name(), List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes in front of the softmax that a model without one gets. */
  private static void assertOutputs(INDArray expected, KerasFile file, String... more)
      throws Exception {
    KerasFile whole = file;
    for (String layer : more) {
      whole = with(whole, layer);
    }
    TrainedModel model = KerasNetwork.of(whole).toModel(Optional.empty());
    INDArray outputs = model.network().feedForward(IMAGES).get(model.network().getnLayers() - 1);
    ModelFiles.assertOutputs(expected, outputs, whole.model().toString());
  }

  private static void assertRefused(String message, KerasFile file, String... more) {
    KerasFile whole = more.length == 0 ? file : with(file, more[0]);
    UnreadableModelException refused =
        assertThrows(UnreadableModelException.class, () -> KerasNetwork.of(whole));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }
}
