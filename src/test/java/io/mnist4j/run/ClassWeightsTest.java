package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassWeightsTest {
  @TempDir Path directory;
  private RunFixture runs;

  @BeforeEach
  void makeDataset() throws Exception {
    runs = new RunFixture(directory);
  }

  private List<Double> weights(String... settings) throws Exception {
    TrainingInputs inputs = runs.session(runs.experiment(settings)).inputs();
    inputs.modelSummary();
    return inputs.classWeights();
  }

  @Test
  void noneUnlessAsked() throws Exception {
    assertEquals(List.of(), weights());
  }

  @Test
  void namedClassesHaveTheirsAndOthersOne() throws Exception {
    List<Double> expected = List.of(1.0, 2.5, 1.0, 0.25);
    assertEquals(expected, weights("training.class-weights={3: 0.25, 1: 2.5}"));
    assertEquals(
        expected, weights("training.class-weights.3=0.25", "training.class-weights.1=2.5"));
  }

  /** As scikit-learn does: n / (classes * images of the class). */
  @Test
  void balancedWeightsAreInverseToTheClassesSizes() {
    Experiment balanced = assertDoesNotFail("training.class-weights=balanced");
    assertEquals(
        List.of(100.0 / 4 / 10, 100.0 / 4 / 20, 100.0 / 4 / 30, 100.0 / 4 / 40),
        balanced.training().weightsOf(List.of("a", "b", "c", "d"), new int[] {10, 20, 30, 40}));
  }

  private Experiment assertDoesNotFail(String setting) {
    try {
      return runs.experiment(setting);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void balancedClassesOfOneSizeAreNoChangeAndWeightsAreOne() throws Exception {
    float[] plain = parameters(runs.train("plain"));
    assertArrayEquals(plain, parameters(runs.train("even", "training.class-weights=balanced")));
    RunSummary uneven = runs.train("uneven", "training.class-weights={2: 9}");
    assertFalse(Arrays.equals(plain, parameters(uneven)));
  }

  private static float[] parameters(RunSummary run) {
    return run.trained().network().params().toFloatVector();
  }

  @Test
  void fileOfARunHasThem() throws Exception {
    Experiment weighted = runs.experiment("training.class-weights={'1': 2.5, 'a b': 0.5}");
    String yaml = ExperimentFile.toYaml(weighted);
    assertTrue(yaml.contains("class-weights: {\"1\": 2.5, \"a b\": 0.5}"), yaml);
    assertEquals(weighted, ExperimentFile.parse(yaml, "test"));
    assertEquals(weighted, ExperimentFile.fromMap(ExperimentFile.toMap(weighted), "test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equal | class-weights must be none, balanced or numbers for classes, {cat: 2, dog: 0.5}, not"
            + " 'equal'",
        "{1: 0} | class-weights must be above 0 and at most 1000000, not 0.0 for '1'",
        "{1: 2e6} | class-weights must be above 0 and at most 1000000, not 2000000.0 for '1'",
        "{1: much} | training.class-weights.1 must be a number, not 'much'",
        "[1, 2] | training.class-weights must be a word, or numbers with names, {name: 1.5}, not a"
            + " list",
        "{7: 2} | training.class-weights",
      })
  void whatIsNoWeightIsRefused(String value, String message) {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> weights("training.class-weights=" + value));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
