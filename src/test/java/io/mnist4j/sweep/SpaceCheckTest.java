package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceCheckTest {
  @TempDir Path directory;

  private List<Experiment> check(String sweep) throws Exception {
    return SpaceCheck.experiments(Sweeps.read(directory, "trials: 3\nspace:\n" + sweep));
  }

  private List<String> problems(String sweep) {
    return assertThrows(ConfigException.class, () -> check(sweep)).problems();
  }

  @Test
  void everyChoiceAndBothEndsAreTried() throws Exception {
    List<Experiment> experiments =
        check("  training.batch-size: [10, 20, 30]\n  training.epochs: {int: [1, 50]}\n");
    Set<Integer> batches =
        experiments.stream().map(each -> each.training().batchSize()).collect(Collectors.toSet());
    assertEquals(Set.of(10, 20, 30), batches);
    Set<Integer> epochs =
        experiments.stream().map(each -> each.training().epochs()).collect(Collectors.toSet());
    assertTrue(epochs.containsAll(Set.of(1, 50)), epochs.toString());
  }

  @Test
  void oneBadChoiceIsNamedWithItsLine() {
    List<String> problems = problems("  training.batch-size: [10, 0]\n  training.epochs: [1, 2]\n");
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).endsWith("sweep.yaml:4: training.batch-size must be at least 1, not 0"),
        problems.get(0));
  }

  @Test
  void badEndOfARangeIsFound() {
    List<String> problems = problems("  training.epochs: {int: [-1, 5]}\n");
    assertTrue(
        problems.get(0).contains(":4: training.epochs must be 1 to 100000, not -1"),
        problems.get(0));
  }

  @Test
  void valueThatIsBadOnlyWhereItsConditionIsMetIsFound() {
    List<String> problems =
        problems(
            "  training.optimizer.momentum: {uniform: [0.5, 7], when: {training.optimizer.name:"
                + " momentum}}\n"
                + "  training.optimizer.name: [adam, momentum]\n");
    assertTrue(problems.get(0).contains("training.optimizer.momentum"), problems.toString());
  }

  @Test
  void noMoreThanTenProblemsAreShown() {
    String names = "abcdefghijklmnop".replaceAll("(.)", "$1, ");
    assertEquals(
        10,
        problems("  training.batch-size: [" + names.substring(0, names.length() - 2) + "]\n")
            .size());
  }
}
