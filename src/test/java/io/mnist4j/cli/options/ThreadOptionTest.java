package io.mnist4j.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment says of threads where the command line says nothing. */
class ThreadOptionTest {
  private static String preset(String name, String value) {
    return ThreadOption.preset(Map.of(name, value), 8);
  }

  @Test
  void environmentSaysTheDefault() {
    assertEquals("3", preset("MNIST4J_THREADS", "3"));
    assertEquals("4", preset("SLURM_CPUS_PER_TASK", "4"));
    assertEquals(
        "2", ThreadOption.preset(Map.of("MNIST4J_THREADS", "2", "SLURM_CPUS_PER_TASK", "4"), 8));
  }

  @Test
  void firstLevelOfNestedThreadsCounts() {
    assertEquals("6", preset("MNIST4J_THREADS", "6,2"));
  }

  @Test
  void noMoreThanTheMachineHas() {
    assertEquals("8", preset("MNIST4J_THREADS", "64"));
  }

  @Test
  void nothingUsefulIsAuto() {
    assertEquals("auto", ThreadOption.preset(Map.of(), 8));
    assertEquals("auto", preset("MNIST4J_THREADS", ""));
    assertEquals("auto", preset("MNIST4J_THREADS", "many"));
    assertEquals("auto", preset("SLURM_CPUS_PER_TASK", "0"));
  }
}
