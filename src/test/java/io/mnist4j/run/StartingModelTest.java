package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.NetworkSpecReader;
import io.mnist4j.model.archive.ModelArchive;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.model.foreign.ModelFiles;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingControl;
import io.mnist4j.train.TrainingInterruptedException;
import io.mnist4j.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that start from the weights of a model. */
class StartingModelTest {
  @TempDir Path directory;
  private RunFixture runs;

  @BeforeEach
  void makeDataset() throws Exception {
    runs = new RunFixture(directory);
  }

  /** Trains a network with two hidden layers, and returns its run's folder. */
  private Path base() throws Exception {
    runs.train(
        "base",
        "model.layers=[{dense: {units: 20, activation: tanh}}, {dropout: {rate: 0.1}}, {dense: {units:"
            + " 12}}]");
    return directory.resolve("base");
  }

  private TrainingInputs inputs(String... settings) throws Exception {
    return runs.session(runs.experiment(settings)).inputs().withStartingModel();
  }

  private static MultiLayerNetwork started(TrainingInputs inputs, List<String> notes)
      throws Exception {
    MultiLayerNetwork network = inputs.newNetwork();
    StartingModel.read(inputs.experiment().training()).copyInto(network, inputs, notes::add);
    return network;
  }

  @Test
  void takesLayersAndWeightsOfARun() throws Exception {
    Path base = base();
    List<String> notes = new ArrayList<>();
    TrainingInputs inputs = inputs("training.from=" + base, "training.batch-size=10");
    assertEquals(
        ModelArchive.read(base.resolve("model.zip")).network().params(),
        started(inputs, notes).params());
    assertEquals(3, inputs.experiment().model().layers().size());
    assertEquals(
        List.of("Training starts from the weights of " + base.resolve("model.zip")), notes);
  }

  @Test
  void outputLayerIsNewWhereTheClassesAre() throws Exception {
    Path base = base();
    List<String> notes = new ArrayList<>();
    TrainingInputs inputs = inputs("training.from=" + base, "data.classes=[0, 2, 3]", "seed=5");
    MultiLayerNetwork network = started(inputs, notes);
    MultiLayerNetwork from = ModelArchive.read(base.resolve("model.zip")).network();
    assertEquals(from.getLayer(0).params(), network.getLayer(0).params());
    assertEquals(from.getLayer(2).params(), network.getLayer(2).params());
    assertEquals(inputs.newNetwork().getLayer(3).params(), network.getLayer(3).params());
    assertEquals(1, notes.size());
    assertTrue(
        notes
            .get(0)
            .endsWith(
                "the output layer is new, because that model's classes are 4 (0, 1, 2, 3), and these"
                    + " are 3 (0, 2, 3)"),
        notes.get(0));
  }

  /** The configuration that a run leaves says all, so that it repeats the run. */
  @Test
  void configurationOfTheRunRepeatsIt() throws Exception {
    Path base = base();
    Experiment asked =
        runs.session(runs.experiment("training.from=" + base))
            .inputs()
            .withStartingModel()
            .experiment();
    RunSummary first = train("first", asked);
    String yaml = Files.readString(directory.resolve("first/config.yaml"));
    assertTrue(yaml.contains("from: "), yaml);
    assertTrue(yaml.contains("from-sha256: "), yaml);
    RunSummary again = train("again", ExperimentFile.parse(yaml, "config.yaml"));
    assertArrayEquals(parameters(first), parameters(again));

    Files.copy(
        directory.resolve("first/model.zip"),
        base.resolve("model.zip"),
        StandardCopyOption.REPLACE_EXISTING);
    ModelException refused =
        assertThrows(
            ModelException.class,
            () -> train("changed", ExperimentFile.parse(yaml, "config.yaml")));
    assertTrue(
        refused.getMessage().contains("is another file than the one that this configuration"),
        refused.getMessage());
  }

  /** Its checkpoint has all that it needs, and the file may be gone. */
  @Test
  void cutRunGoesOnToTheSameBits() throws Exception {
    Path base = base();
    String freeze = "training.freeze=1";
    Experiment experiment =
        runs.session(runs.experiment("training.from=" + base, freeze, "training.batch-size=20"))
            .inputs()
            .withStartingModel()
            .experiment();
    RunSummary whole = train("whole", experiment);
    Path folder = Files.createDirectories(directory.resolve("cut"));
    int[] steps = {0};
    TrainingControl cut = new TrainingControl(new TrainingListener() {}, 0, () -> ++steps[0] == 13);
    assertThrows(
        TrainingInterruptedException.class,
        () ->
            runs.session(experiment)
                .runIn(RunFolder.of(folder), cut, false, new ResourceUse.Meter()));
    Files.delete(base.resolve("model.zip"));
    assertArrayEquals(parameters(whole), parameters(train("cut", experiment)));
  }

  private RunSummary train(String name, Experiment experiment) throws Exception {
    Path folder = Files.createDirectories(directory.resolve(name));
    return runs.session(experiment)
        .runIn(
            RunFolder.of(folder),
            new TrainingControl(new TrainingListener() {}, 0, () -> false),
            false,
            new ResourceUse.Meter());
  }

  private static float[] parameters(RunSummary run) {
    return run.trained().network().params().toFloatVector();
  }

  @Test
  void frozenLayersStayAsTheyAre() throws Exception {
    Path base = base();
    Experiment experiment =
        runs.session(
                runs.experiment(
                    "training.from=" + base,
                    "training.freeze=2",
                    "training.regularization.l2=0.1",
                    "training.optimizer={name: adamw}",
                    "training.regularization.weight-decay=0.1"))
            .inputs()
            .withStartingModel()
            .experiment();
    MultiLayerNetwork before = ModelArchive.read(base.resolve("model.zip")).network();
    MultiLayerNetwork after = train("frozen", experiment).trained().network();
    assertEquals(before.getLayer(0).params(), after.getLayer(0).params());
    assertFalse(before.getLayer(2).params().equals(after.getLayer(2).params()));
    assertFalse(before.getLayer(3).params().equals(after.getLayer(3).params()));
  }

  @Test
  void moreFrozenLayersThanThereAreAreRefused() throws Exception {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> inputs("training.freeze=2").modelSummary());
    assertEquals(
        "training.freeze must be at most the number of model.layers, 1, not 2",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.layers=[{dense: {units: 20}}] | has the layers [dense 20 tanh, dense 12 relu], and"
            + " model.layers are [dense 20 relu]",
        "model.layers=[conv2d, flatten] | and model.layers are [conv2d 32 of 3x3 relu]",
      })
  void otherLayersAreRefused(String setting, String message) throws Exception {
    Path base = base();
    TrainingInputs inputs = inputs("training.from=" + base, setting);
    ConfigException refused =
        assertThrows(ConfigException.class, () -> started(inputs, new ArrayList<>()));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.zip", "rows", ""})
  void whatIsNoModelIsRefused(String name) throws Exception {
    Path file = directory.resolve(name);
    assertThrows(ModelException.class, () -> inputs("training.from=" + file));
  }

  @Test
  void imagesOfAnotherSizeAreRefused() throws Exception {
    TrainingInputs inputs = inputs("training.from=" + ModelFiles.file("keras3-mlp.h5"));
    ConfigException refused =
        assertThrows(ConfigException.class, () -> started(inputs, new ArrayList<>()));
    assertTrue(
        refused.getMessage().endsWith("takes images of 28x28, and those of rows have 4x6"),
        refused.getMessage());
  }

  /** 20 images of 28x28, of ten classes. */
  private static DataSplit digits() {
    byte[] pixels = new byte[20 * 784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (37 * i + i * i / 7);
    }
    byte[] labels = new byte[20];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 10);
    }
    ImageSet images = new ImageSet(28, 28, pixels, labels);
    List<String> names = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    Dataset dataset = new Dataset("waves", names, images, images, new TreeMap<>());
    return new DataSplit(dataset, names, images, images, images);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras2-mlp.h5",
        "keras3-mlp.h5",
        "dl4j-0.9.1-mlp.zip",
        "dl4j-0.9.1-cnn.zip",
        "dl4j-1.0.0-beta3-mlp.zip",
        "dl4j-1.0.0-beta3-cnn.zip"
      })
  void modelsOfOtherProgramsAreTrainedFurther(String name) throws Exception {
    StartedBackend.cpu();
    Path file = ModelFiles.file(name);
    TrainingInputs inputs =
        new TrainingInputs(runs.experiment("training.from=" + file), digits()).withStartingModel();
    MultiLayerNetwork network = started(inputs, new ArrayList<>());
    ModelFiles.assertOutputs(
        ModelFile.read(file).outputs(ModelFiles.images()),
        network.output(ModelFiles.images()),
        name);
    assertTrue(inputs.experiment().model().layers().stream().anyMatch(Dense.class::isInstance));
    train(name, inputs);
  }

  private void train(String name, TrainingInputs inputs) throws Exception {
    Path folder = Files.createDirectories(directory.resolve(name));
    TrainingControl control = new TrainingControl(new TrainingListener() {}, 0, () -> false);
    new TrainingSession(inputs, StartedBackend.cpu(), ThreadTuner.fixed(1))
        .runIn(RunFolder.of(folder), control, false, new ResourceUse.Meter());
  }

  @ParameterizedTest
  @CsvSource({
    "keras3-cnn.keras, its layer 'conv2d_1' (ConvolutionLayer) has windows that are not square",
    "keras3-functional.h5, 'its layer ''global_average_pooling2d'' (GlobalPoolingLayer) is none of dense, conv2d,'",
  })
  void whatCannotBeTrainedFurtherIsRefused(String name, String message) throws Exception {
    StartedBackend.cpu();
    Experiment experiment = runs.experiment("training.from=" + ModelFiles.file(name));
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> new TrainingInputs(experiment, digits()).withStartingModel());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  /** Of models with a layer or a setting each: taken as it is, or refused with the layer's name. */
  @Test
  void eachLayerOfKerasIsTakenOrRefused() throws Exception {
    StartedBackend.cpu();
    List<String> taken = new ArrayList<>();
    for (String name : ModelFiles.layerModels()) {
      Path file = ModelFiles.layerModel(name, directory);
      try {
        TrainingInputs inputs =
            new TrainingInputs(runs.experiment("training.from=" + file), digits())
                .withStartingModel();
        started(inputs, new ArrayList<>());
        taken.add(name);
      } catch (Mnist4jException e) {
        assertEquals(1, e.getMessage().lines().count());
        assertTrue(
            e.getMessage().contains("its layer '")
                || e.getMessage().contains("takes images of")
                || e.getMessage().contains("was trained with pixels"),
            name + ": " + e.getMessage());
      }
    }
    assertTrue(taken.containsAll(List.of("conv-strides-same")), taken.toString());
    assertTrue(taken.size() > 5, taken.toString());
  }

  @Test
  void networkOfTheSpecificationIsReadBack() throws Exception {
    TrainingInputs inputs =
        inputs(
            "model.layers=[{conv2d: {filters: 3, kernel: 2, padding: same, activation: gelu}},"
                + " batchnorm, {maxpool2d: {kernel: 2, stride: 1}}, {avgpool2d: {kernel: 2, stride:"
                + " 1}}, flatten, {dropout: {rate: 0.25}}, {dense: {units: 5, activation: swish}}]",
            "model.output.activation=sigmoid");
    NetworkSpec spec = inputs.experiment().model();
    MultiLayerNetwork network = inputs.newNetwork();
    assertEquals(spec, NetworkSpecReader.of(network.getLayerWiseConfigurations()));
  }
}
