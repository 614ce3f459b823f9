package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.driver.StandInDriver;
import io.mnist4j.cli.Mnist4jProcess.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The ordinary build on a graphics card, by a library that stands for NVIDIA's driver. */
class CudaDriverIT {
  private static final String[] SHORT = {
    "--dataset", "strokes", "--set", "training.max-batches=40", "--epochs", "2", "--seed", "4"
  };

  @TempDir Path directory;
  private Path library;

  @BeforeEach
  void compileTheDriver() throws Exception {
    library = StandInDriver.library();
  }

  private Mnist4jProcess program() throws IOException {
    return new Mnist4jProcess(directory)
        .jvmFlag("-XX:TieredStopAtLevel=1")
        .jvmFlag("-Dmnist4j.cuda.library=" + library);
  }

  private static Result train(Mnist4jProcess program, String... more) throws Exception {
    String[] all = new String[SHORT.length + more.length + 3];
    System.arraycopy(new String[] {"train", "--backend", "cuda"}, 0, all, 0, 3);
    System.arraycopy(SHORT, 0, all, 3, SHORT.length);
    System.arraycopy(more, 0, all, 3 + SHORT.length, more.length);
    return program.run(all);
  }

  private static void assertRefused(Mnist4jProcess program, String reason) throws Exception {
    Result result = train(program);
    assertEquals(6, result.exitCode(), result.stderr());
    String last = result.stderr().strip().replaceAll("(?s).*\n", "");
    assertTrue(last.startsWith("mnist4j: ") && last.contains(reason), result.stderr());
  }

  /** Trains as the CPU does, says so in the summary, and gives the same bits once more. */
  @Test
  void trainsAsTheCpuDoes() throws Exception {
    JsonNode card = summary(train(program(), "--format", "json", "--name", "card"));
    assertEquals("cuda-driver", card.get("backend").asText());
    assertEquals("Stand-in H100", card.get("device").asText());
    assertEquals("9.0", card.get("compute-capability").asText());
    JsonNode again = summary(train(program(), "--format", "json", "--name", "again"));
    assertEquals(card.get("test-loss").asDouble(), again.get("test-loss").asDouble());
    Result cpu =
        program()
            .run(
                "train",
                "--dataset",
                "strokes",
                "--set",
                "training.max-batches=40",
                "--epochs",
                "2",
                "--seed",
                "4",
                "--format",
                "json",
                "--name",
                "cpu");
    assertEquals(summary(cpu).get("test-loss").asDouble(), card.get("test-loss").asDouble(), 1e-3);
  }

  private static JsonNode summary(Result result) throws IOException {
    assertEquals(0, result.exitCode(), result.stderr());
    return new ObjectMapper().readTree(result.stdout());
  }

  /** The last checkpoint is kept, and the CPU goes on from it. */
  @Test
  void aCardIsLost() throws Exception {
    Result lost = train(program().environment("STANDIN_LOST_AFTER", "60"), "--name", "lost");
    assertEquals(6, lost.exitCode(), lost.stderr());
    assertTrue(
        lost.stderr()
            .contains(
                "the GPU fails: cuGraphLaunch: unspecified launch failure (error 719); the state of"
                    + " the last checkpoint is kept in "),
        lost.stderr());
    Result resumed = program().run("train", "--resume", "runs/lost");
    assertEquals(0, resumed.exitCode(), resumed.stderr());
    assertTrue(resumed.stdout().startsWith("Test accuracy: "), resumed.stdout());
  }

  /** Other commands that train have no checkpoint to name. */
  @Test
  void aCardIsLostWhileLabelsAreChecked() throws Exception {
    Result lost =
        program()
            .environment("STANDIN_LOST_AFTER", "1")
            .run("data", "issues", "strokes", "--backend", "cuda");
    assertEquals(6, lost.exitCode(), lost.stderr());
    assertTrue(
        lost.stderr()
            .endsWith(
                "mnist4j: the GPU fails: cuGraphLaunch: unspecified launch failure (error 719)\n"),
        lost.stderr());
  }

  @Test
  void thereIsNoDriver() throws Exception {
    library = directory.resolve("nothing.so");
    assertRefused(program(), "there is no NVIDIA driver");
  }

  @Test
  void thereIsNoCard() throws Exception {
    assertRefused(
        program().environment("STANDIN_GPUS", "").environment("CUDA_VISIBLE_DEVICES", "7"),
        "shows no GPU, for CUDA_VISIBLE_DEVICES is '7'");
  }

  @Test
  void theDriverIsTooOld() throws Exception {
    assertRefused(
        program().environment("STANDIN_CUDA", "10000"),
        "the NVIDIA driver is for CUDA 10.0, and 10.1 is the oldest that will do");
  }

  @Test
  void theCardIsTooOld() throws Exception {
    assertRefused(
        program().environment("STANDIN_GPUS", "7.0,16160,16000,Tesla V100"),
        "Tesla V100 (compute capability 7.0, 16,160 MiB) is older than compute capability 7.5");
  }

  @Test
  void anotherProcessHasTheCard() throws Exception {
    assertRefused(
        program().environment("STANDIN_REFUSES", "cuDevicePrimaryCtxRetain=46"),
        "the GPU fails: cuDevicePrimaryCtxRetain: CUDA-capable device(s) is/are busy or unavailable");
  }

  @Test
  void theMemoryIsTooSmall() throws Exception {
    assertRefused(
        program().environment("STANDIN_GPUS", "9.0,8000,40,Small"),
        "the GPU fails: its memory is too small: this needs more than");
  }
}
