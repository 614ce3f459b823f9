package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of {@code model}. */
class NetworkYamlTest {
  @TempDir Path directory;

  @Test
  void everyLayerWithAllItsKeys() throws Exception {
    Experiment experiment =
        read(
            """
            model:
              layers:
                - conv2d:
                    {filters: 8, kernel: 5, stride: 2, padding: same, activation: leaky-relu, weight-init: he-normal}
                - maxpool2d: {kernel: 3, stride: 1}
                - avgpool2d: {kernel: 2, stride: 1}
                - batchnorm: {momentum: 0.9, epsilon: 1e-5}
                - dropout: {rate: 0.25}
                - flatten: {}
                - dense: {units: 32, activation: gelu, weight-init: lecun-normal}
              output: {activation: softmax, loss: cross-entropy, label-smoothing: 0.1, weight-init: zeros}
            """);
    NetworkSpec expected =
        new NetworkSpec(
            List.of(
                new Conv2d(8, 5, 2, Padding.SAME, Activation.LEAKY_RELU, WeightInit.HE_NORMAL),
                new Maxpool2d(3, 1),
                new Avgpool2d(2, 1),
                new Batchnorm(0.9, 1e-5),
                new Dropout(0.25),
                new Flatten(),
                new Dense(32, Activation.GELU, WeightInit.LECUN_NORMAL)),
            new OutputSpec(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0.1, WeightInit.ZEROS));
    assertEquals(expected, experiment.model());
    assertEquals(experiment, read(ExperimentFile.toYaml(experiment)));
  }

  @Test
  void everyLayerWithItsDefaults() throws Exception {
    Experiment experiment =
        read(
            """
            model:
              layers:
                - conv2d:
                - maxpool2d:
                - avgpool2d:
                - batchnorm:
                - dropout:
                - flatten:
                - dense:
              output: {activation: tanh, loss: mse}
            """);
    NetworkSpec expected =
        new NetworkSpec(
            List.of(
                Conv2d.DEFAULT,
                Maxpool2d.DEFAULT,
                Avgpool2d.DEFAULT,
                Batchnorm.DEFAULT,
                Dropout.DEFAULT,
                Flatten.DEFAULT,
                Dense.DEFAULT),
            new OutputSpec(Activation.TANH, Loss.MSE, 0, WeightInit.GLOROT_UNIFORM));
    assertEquals(expected, experiment.model());
    assertEquals(experiment, read(ExperimentFile.toYaml(experiment)));
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() {
    Path file = directory.resolve("file.yaml");
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                read(
                    """
                    model:
                      layers:
                        - conv2d: {activation: softmax}
                        - maxpool2d:
                            kernel: 0
                        - droput: {}
                      output:
                        activation: relu
                        label-smoothing: 2
                    """));
    assertEquals(
        List.of(
            file
                + ":3: model.layers.0.conv2d.activation cannot be softmax in a conv2d; it is for"
                + " dense layers and the output",
            file + ":5: model.layers.1.maxpool2d.kernel must be 1 to 1000, not 0",
            file
                + ":6: model.layers.2 must be dense, conv2d, maxpool2d, avgpool2d, flatten, dropout"
                + " or batchnorm, not 'droput'; did you mean dropout?",
            file
                + ":8: model.output.activation must be softmax or sigmoid for the loss"
                + " cross-entropy, which takes the logarithm of it",
            file + ":9: model.output.label-smoothing must be at least 0 and below 1, not 2.0"),
        refused.problems());
  }

  private Experiment read(String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("file.yaml"), yaml);
    return ExperimentFile.read(List.of(file), List.of());
  }
}
