package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class AgentProcessesTest {
  @Test
  void numberCountsInTheCardsThatAreVisible() {
    assertEquals("2", AgentProcesses.card(Map.of(), 2));
    Map<String, String> slurm = Map.of("CUDA_VISIBLE_DEVICES", "4, 7");
    assertEquals("4", AgentProcesses.card(slurm, 0));
    assertEquals("7", AgentProcesses.card(slurm, 1));
    assertThrows(IllegalArgumentException.class, () -> AgentProcesses.card(slurm, 2));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void processSeesItsCardAlone() throws Exception {
    String cards = System.getenv("CUDA_VISIBLE_DEVICES");
    if (cards == null) {
      assertEquals(5, AgentProcesses.runOn(5, List.of("sh", "-c", "exit $CUDA_VISIBLE_DEVICES")));
    }
  }
}
