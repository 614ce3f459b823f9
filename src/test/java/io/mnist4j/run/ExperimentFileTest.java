package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {
  @TempDir Path directory;

  @Test
  void shippedDefaultIsTheDefault() throws Exception {
    Path shipped = Path.of("configs/default.yaml");
    assertEquals(
        ShippedConfigs.contents().get(shipped),
        Files.readString(shipped),
        shipped + " is not the default; ShippedConfigs writes it anew");
    assertEquals(Experiment.DEFAULT, ExperimentFile.read(List.of(shipped), List.of()));
    assertEquals(Experiment.DEFAULT, ExperimentFile.read(List.of(), List.of()));
  }

  @Test
  void kerasIsTheLetterOfTheScript() throws Exception {
    Experiment keras = ExperimentFile.read(List.of(Path.of("configs/keras.yaml")), List.of());
    assertEquals(
        List.of(new Dense(128, Activation.RELU, WeightInit.GLOROT_UNIFORM)),
        keras.model().layers());
    assertEquals(5, keras.training().epochs());
    assertEquals(128, keras.training().batchSize());
    assertEquals(1e-3, keras.training().optimizer().learningRate());
    assertEquals(0.9, keras.training().optimizer().beta1());
    assertEquals(0.999, keras.training().optimizer().beta2());
    assertEquals(1e-7, keras.training().optimizer().epsilon());
    assertEquals(ScheduleSpec.ScheduleName.CONSTANT, keras.training().schedule().name());
  }

  @Test
  void everyShippedFileIsRead() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("configs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        assertDoesNotThrow(() -> ExperimentFile.read(List.of(file), List.of()), file.toString());
      }
    }
  }

  @Test
  void cnnIsTheNetworkOfPyTorchsExample() throws Exception {
    Experiment cnn = ExperimentFile.read(List.of(Path.of("configs/cnn.yaml")), List.of());
    assertEquals(
        List.of(
            convolution(32),
            convolution(64),
            Maxpool2d.DEFAULT,
            new Dropout(0.25),
            new Flatten(),
            new Dense(128, Activation.RELU, WeightInit.GLOROT_UNIFORM),
            new Dropout(0.5)),
        cnn.model().layers());
  }

  private static Conv2d convolution(int filters) {
    return new Conv2d(filters, 3, 1, Padding.VALID, Activation.RELU, WeightInit.GLOROT_UNIFORM);
  }

  @Test
  void whatIsWrittenReadsTheSame() throws Exception {
    Experiment experiment =
        read(
            """
            model:
              layers:
                - dense: {units: 7, activation: tanh}
                - dense:
            training: {optimizer: {learning-rate: 1e-3, epsilon: 3.25e-9}}
            seed: -9007199254740993
            """);
    assertEquals(experiment, read(ExperimentFile.toYaml(experiment)));
    assertEquals(
        List.of(new Dense(7, Activation.TANH, WeightInit.GLOROT_UNIFORM), Dense.DEFAULT),
        experiment.model().layers());
  }

  @Test
  void laterFilesAndSettingsWin() throws Exception {
    Path first = write("first.yaml", "training: {epochs: 2, batch-size: 3}\n");
    Path second = write("second.yaml", "training: {epochs: 4}\n");
    Experiment experiment =
        ExperimentFile.read(
            List.of(first, second),
            List.of(
                new Setting("training.epochs", "6", "--epochs", Setting.Form.YAML),
                new Setting("model.layers.0.dense.units", "9", "--set", Setting.Form.YAML)));
    assertEquals(6, experiment.training().epochs());
    assertEquals(3, experiment.training().batchSize());
    assertEquals(
        List.of(new Dense(9, Activation.RELU, WeightInit.GLOROT_UNIFORM)),
        experiment.model().layers());
  }

  @Test
  void allProblemsAreNamedWithTheirPlaces() throws Exception {
    Path file =
        write(
            "bad.yaml",
            """
            training:
              epoch: 3
              batch-size: 0
              optimizer:
                learning-rate: fast
                beta1: 1.5
                epsilon: -1
            model:
              layers:
                - dense: {units: 1.5}
                - convolution: {}
            seed: [1]
            """);
    ConfigException refused =
        assertThrows(ConfigException.class, () -> ExperimentFile.read(List.of(file), List.of()));
    assertEquals(
        List.of(
            file + ":2: training.epoch is not a key; did you mean epochs?",
            file + ":3: training.batch-size must be at least 1, not 0",
            file + ":5: training.optimizer.learning-rate must be a number, not 'fast'",
            file + ":6: training.optimizer.beta1 must be 0 to 0.9999999, not 1.5",
            file + ":7: training.optimizer.epsilon must be above 0 and at most 1, not -1.0",
            file + ":10: model.layers.0.dense.units must be a whole number, not '1.5'",
            file
                + ":11: model.layers.1 must be dense, conv2d, maxpool2d, avgpool2d, flatten,"
                + " dropout or batchnorm, not 'convolution'",
            file + ":12: seed must be a whole number, not a list"),
        refused.problems());
  }

  @Test
  void wrongShapesAreRefused() {
    assertRefused("3", "the file must have keys of its own: data, model, training, seed");
    assertRefused("training: 3", "training must have keys of its own");
    assertRefused("model: {layers: {dense: {}}}", "model.layers must be a list");
    assertRefused("model: {layers: [3]}", "model.layers.0 must be dense");
    assertRefused(
        "seed: 99999999999999999999", "seed must be a whole number from -9223372036854775808 to");
    assertRefused(
        "training: {optimizer: {name: adamm}}",
        "rmsprop or adagrad, not 'adamm'; did you mean adam?");
    assertRefused("training: {optimizer: {learning-rate: .nan}}", "must be a number");
    assertRefused("training: {optimizer: {learning-rate: NaN}}", "must be a number");
  }

  @Test
  void whatIsNotYamlIsRefusedWithItsLine() throws Exception {
    assertRefused("seed: 1\nseed: 2\n", "file.yaml:2: the key seed is there twice");
    assertRefused("a: [1\n", "file.yaml:2: is not YAML");
    Path latin1 = directory.resolve("latin1.yaml");
    Files.write(latin1, new byte[] {'#', (byte) 0xe4, '\n'});
    ConfigException refused =
        assertThrows(ConfigException.class, () -> ExperimentFile.read(List.of(latin1), List.of()));
    assertEquals(latin1 + ": is not text in UTF-8", refused.getMessage());
  }

  @Test
  void filesThatCannotBeReadAreNamedBesideTheRest() throws Exception {
    List<Path> files =
        List.of(Path.of("nowhere.yaml"), directory, write("bad.yaml", "seed: x"), Path.of("no"));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> ExperimentFile.read(files, List.of()));
    assertEquals(
        List.of(
            "nowhere.yaml: no such configuration file",
            directory + ": cannot be read: ",
            directory.resolve("bad.yaml") + ":1: seed must be a whole number, not 'x'",
            "no: no such configuration file"),
        refused.problems().stream()
            .map(line -> line.replaceFirst("(?<=cannot be read: ).*", ""))
            .toList());
  }

  private void assertRefused(String yaml, String expected) {
    ConfigException refused = assertThrows(ConfigException.class, () -> read(yaml));
    String message = refused.getMessage();
    if (!message.contains(expected)) {
      assertEquals(expected, message);
    }
  }

  private Experiment read(String yaml) throws Exception {
    return ExperimentFile.read(List.of(write("file.yaml", yaml)), List.of());
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }
}
