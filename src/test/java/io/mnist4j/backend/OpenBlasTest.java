package io.mnist4j.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpenBlasTest {
  @BeforeAll
  static void load() {
    StartedBackend.cpu();
  }

  @Test
  void tellsItsVersionAndComputes() {
    assertTrue(OpenBlas.loaded().version().matches("0\\.3\\.\\d+"), OpenBlas.loaded().version());
    assertTrue(OpenBlas.gigaflops() > 0);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "it does not tell there")
  void takesTheKernelsThatTheVariableNames() {
    OpenBlas.ProductKernel kernel = OpenBlas.loaded().kernel().orElseThrow();
    String coreType = System.getenv().getOrDefault("OPENBLAS_CORETYPE", "");
    assumeTrue(
        Stream.of(OpenBlas.ProductKernel.values())
            .anyMatch(k -> k.coreType.equalsIgnoreCase(coreType)),
        "OPENBLAS_CORETYPE names no kernel here");
    assertEquals(coreType.toLowerCase(Locale.ROOT), kernel.coreType.toLowerCase(Locale.ROOT));
  }
}
