package io.mnist4j.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.errors.BackendException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** What is chosen, by what is known of the graphics cards, and started more than once. */
class BackendTest {
  private static final CudaReport CARD = report(Optional.empty());
  private static final CudaReport BROKEN = report(Optional.of("the driver is too old"));

  private static CudaReport report(Optional<String> problem) {
    Gpu gpu = new Gpu(0, "NVIDIA A10", 8, 6, 24L << 30, 22L << 30);
    return new CudaReport(List.of(gpu), "535.261.03", "12.2", "11.6", problem);
  }

  @Test
  void startsTheSameAgainAndRefusesAnother() throws Exception {
    Backend first = Backend.cpu().start();
    first.setThreads(2);
    Backend second = Backend.choose(Backend.Request.CPU, 1, note -> {}).start();
    assertEquals(1, Nd4j.getEnvironment().maxThreads());
    assertEquals(first.description(), second.description());
    Backend card = Backend.choose(Backend.Request.CUDA, 1, CARD);
    BackendException refused = assertThrows(BackendException.class, card::start);
    assertEquals(
        "this process computes on the CPU already, and cannot change to the GPU: start another one",
        refused.getMessage());
    assertEquals("nd4j-native", Backend.cpu().start().name());
  }

  @Test
  void autoTakesACardThatWorks() throws Exception {
    assertTrue(Backend.choose(Backend.Request.AUTO, 1, CARD).cuda().isPresent());
    Backend cpu = Backend.choose(Backend.Request.AUTO, 1, BROKEN);
    assertTrue(cpu.cuda().isEmpty());
    assertEquals("Computing on the CPU: the driver is too old", cpu.text());
    cpu.start();
  }

  @Test
  void whatWasAskedForAndIsMissingIsSaid() {
    assertEquals(
        "the CUDA backend is not available: the driver is too old",
        refusal(Backend.Request.CUDA, 1, BROKEN));
    assertEquals(
        "2 devices need as many GPUs, and there is one: NVIDIA A10 (compute capability 8.6,"
            + " 24,576 MiB)",
        refusal(Backend.Request.AUTO, 2, CARD));
  }

  private static String refusal(Backend.Request request, int devices, CudaReport found) {
    return assertThrows(BackendException.class, () -> Backend.choose(request, devices, found))
        .getMessage();
  }

  @Test
  void cardsMustHaveTheMemory() throws Exception {
    Backend card = Backend.choose(Backend.Request.CUDA, 1, CARD);
    card.requireMemory(1L << 30);
    BackendException refused =
        assertThrows(BackendException.class, () -> card.requireMemory(23L << 30));
    assertTrue(refused.getMessage().contains("has 22,528 free"), refused.getMessage());
    Backend.cpu().start().requireMemory(Long.MAX_VALUE >> 1);
  }
}
