package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ModelArchive;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run goes on from its checkpoint only if both belong together. */
class CheckpointTest {
  @TempDir Path directory;
  private RunFixture runs;
  private Path checkpoint;

  @BeforeEach
  void train() throws Exception {
    runs = new RunFixture(directory);
    runs.train("run");
    checkpoint = RunFolder.of(directory.resolve("run")).checkpoint();
  }

  @ParameterizedTest
  @CsvSource({
    "model.layers.0.dense.units=20000, model.layers.0.dense.units 128 and cannot go on with 20000",
    "training.optimizer.learning-rate=0.5, learning-rate 0.005 and cannot go on with 0.5",
    "training.optimizer.name=sgd, training.optimizer.name adam and cannot go on with sgd",
    "training.batch-size=7, training.batch-size 128 and cannot go on with 7",
    "training.epochs=1, training.epochs 2 and cannot go on with 1",
    "seed=5, seed 1 and cannot go on with 5",
  })
  void settingsThatWereChangedInTheFileAreRefused(String setting, String message) {
    ConfigException refused = assertThrows(ConfigException.class, () -> runs.train("run", setting));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void moreLayersThanItHasAreRefused() {
    assertThrows(
        ConfigException.class,
        () -> runs.train("run", "model.layers=[{dense: {units: 128}}, {dense: {units: 128}}]"));
  }

  /** The network of one run, with the record of another one. */
  @Test
  void networkOfOtherSizesIsRefused() throws Exception {
    runs.train("wide", "model.layers.0.dense.units=300");
    Checkpoint wide = Checkpoint.read(directory.resolve("wide/checkpoint.zip"));
    Checkpoint own = Checkpoint.read(checkpoint);
    new Checkpoint(new TrainedModel(wide.model().network(), own.model().provenance()), own.state())
        .write(checkpoint);
    ModelException refused =
        assertThrows(ModelException.class, () -> runs.train("run", "training.epochs=3"));
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "has layers of [7500, 1204] parameters, and the network of this run has [3200,"
                    + " 516]"),
        refused.getMessage());
  }

  @Test
  void stateOfAnotherOptimizerIsRefused() throws Exception {
    runs.train("sgd", "training.optimizer.name=sgd");
    Checkpoint sgd = Checkpoint.read(directory.resolve("sgd/checkpoint.zip"));
    Checkpoint own = Checkpoint.read(checkpoint);
    new Checkpoint(new TrainedModel(sgd.model().network(), own.model().provenance()), own.state())
        .write(checkpoint);
    ModelException refused =
        assertThrows(ModelException.class, () -> runs.train("run", "training.epochs=3"));
    assertTrue(refused.getMessage().contains("has the optimizer Sgd"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"step\" : 0 | \"step\" : -3 | step -3",
        "\"images\" : 40 | \"images\" : 0 | images 0",
        "\"correct\" : | \"correct\" : -1, \"x\" : | correct -1",
        "\"samples\" : 200 | \"samples\" : -1 | samples -1",
        "\"trainLoss\" : | \"trainLoss\" : 1e999, \"x\" : | trainLoss Infinity",
        "\"trainAccuracy\" : | \"trainAccuracy\" : 1.5, \"x\" : | trainAccuracy 1.5",
        "\"learningRate\" : | \"learningRate\" : 1e999, \"x\" : | learningRate Infinity",
        "\"correct\" : 0, | \"correct\" : 7, | correct 7",
        "\"history\" : [ | \"history\" : [], \"x\" : [ | history []",
      })
  void stateThatCannotBeIsRefused(String found, String written, String message) throws Exception {
    String state = ModelArchive.readText(checkpoint, "training.json");
    assertTrue(state.contains(found), state);
    ModelArchive.write(
        checkpoint,
        ModelArchive.read(checkpoint),
        Map.of("training.json", state.replaceFirst(Pattern.quote(found), written)));
    Mnist4jException refused =
        assertThrows(ModelException.class, () -> runs.train("run", "training.epochs=3"));
    assertTrue(
        refused.getMessage().contains("training.json has the " + message), refused.getMessage());
  }

  @Test
  void checkpointOfMoreEpochsThanTheRunHasIsRefused() throws Exception {
    String state = ModelArchive.readText(checkpoint, "training.json");
    String entry = state.substring(state.indexOf('{', 1), state.indexOf('}') + 1);
    ModelArchive.write(
        checkpoint,
        ModelArchive.read(checkpoint),
        Map.of("training.json", state.replace("[ {", "[ " + (entry + ", ").repeat(5) + "{")));
    ModelException refused = assertThrows(ModelException.class, () -> runs.train("run"));
    assertTrue(refused.getMessage().contains("is 7 epochs and 0 steps far"), refused.getMessage());
    assertEquals(3, refused.exitCode().value);
  }
}
