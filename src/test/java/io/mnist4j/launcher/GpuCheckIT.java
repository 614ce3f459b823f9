package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * {@code scripts/gpu-check}, for real on the CPU, and with a program that only says what it is told
 * to for what goes wrong on a GPU.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bash scripts")
class GpuCheckIT {
  @TempDir Path directory;
  private Path script;

  @BeforeEach
  void requirePython() throws Exception {
    Process python =
        new ProcessBuilder(
                "sh", "-c", "python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'")
            .start();
    assumeTrue(python.waitFor() == 0, "there is no Python 3.9");
    script = Path.of("scripts/gpu-check").toAbsolutePath();
  }

  private Launcher.Result check(String... arguments) throws Exception {
    return new Launcher(script, directory).counted().run(arguments);
  }

  private JsonNode summary() throws Exception {
    return new ObjectMapper().readTree(directory.resolve("gpu-check.json").toFile());
  }

  /** Of two classes: which half of the image has more ink. */
  private static Map<FileRole, byte[]> halves() {
    Map<FileRole, byte[]> files = new TreeMap<>();
    files.put(FileRole.TRAIN_IMAGES, images(1500));
    files.put(FileRole.TRAIN_LABELS, labels(1500));
    files.put(FileRole.TEST_IMAGES, images(200));
    files.put(FileRole.TEST_LABELS, labels(200));
    return files;
  }

  private static byte[] images(int count) {
    Random random = new Random(count);
    byte[] pixels = new byte[count * 784];
    for (int i = 0; i < pixels.length; i++) {
      boolean inked = i % 784 / 392 == i / 784 % 2;
      pixels[i] = (byte) (random.nextInt(100) + (inked ? 150 : 0));
    }
    return IdxFixture.idx(pixels, 0x803, count, 28, 28);
  }

  private static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 2);
    }
    return IdxFixture.idx(labels, 0x801, count);
  }

  @Test
  void cpuPasses() throws Exception {
    IdxFixture.write(directory.resolve("halves"), halves());
    Launcher.Result result = check("--backend", "cpu", "--dataset", "halves");
    assertEquals(0, result.exitCode(), result.stdout() + result.stderr());
    List<String> lines = result.stdout().lines().toList();
    assertEquals(7, lines.size(), result.stdout());
    assertTrue(lines.get(0).startsWith("PASS  doctor: nd4j-native"), result.stdout());
    assertTrue(lines.get(1).startsWith("PASS  seed recipe: accuracy "), result.stdout());
    assertTrue(lines.get(2).startsWith("PASS  wide MLP: accuracy "), result.stdout());
    assertTrue(lines.get(3).startsWith("PASS  LeNet: accuracy "), result.stdout());
    assertTrue(lines.get(4).startsWith("PASS  the same bits twice: LeNet "), result.stdout());
    assertTrue(lines.get(5).startsWith("PASS  evaluation of the CPU's model: "), result.stdout());
    assertEquals("All passed; see gpu-check.json", lines.get(6));
    assertTrue(summary().get("passed").asBoolean());
    assertEquals(6, summary().get("checks").size());
    assertEquals(3, summary().get("times").size());
    assertTrue(summary().get("times").get(0).get("speedup").asDouble() > 0);
  }

  /** A program that answers as a GPU host's would, with the model that it was asked to make. */
  private void pretend(String doctorState, String trainBackend, String accuracy) throws Exception {
    script = directory.resolve("scripts/gpu-check");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("scripts/gpu-check"), script);
    Path program = script.resolveSibling("mnist4j");
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ "$MNIST4J_BACKEND" = cuda ] || exit 9
        case "$*" in *'--backend cpu'*) backend=nd4j-native accuracy=0.98 ;;
          *) backend=%s accuracy=%s ;; esac
        command=$1
        while [ $# -gt 0 ]; do
          case $1 in --output) out=$2 ;; --name) name=$2 ;; esac
          shift
        done
        if [ $command = doctor ]; then
          echo '{"checks": [{"subject": "gpu", "state": "%s", "finding": "a card"}]}'
          exit 0
        fi
        if [ $command = train ]; then mkdir -p $out/$name && : >$out/$name/model.zip; fi
        echo "{\\"backend\\": \\"$backend\\", \\"test-accuracy\\": $accuracy, \\"test-loss\\": 0.1, \\"train-seconds\\": 2}"
        """
            .formatted(trainBackend, accuracy, doctorState));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void gpuPasses() throws Exception {
    pretend("ok", "nd4j-cuda-11.6", "0.979");
    Launcher.Result result = check("--nd4j");
    assertEquals(0, result.exitCode(), result.stdout() + result.stderr());
    assertFalse(result.stdout().contains("FAIL"), result.stdout());
    assertEquals("cuda", summary().get("backend").asText());
  }

  /** The ordinary build, whose evaluation is the CPU's. */
  @Test
  void gpuPassesByTheDriverAlone() throws Exception {
    pretend("ok", "cuda-driver", "0.979");
    Path program = script.resolveSibling("mnist4j");
    Files.writeString(
        program,
        Files.readString(program)
            .replace("= cuda ]", "= cpu ]")
            .replace("command=$1\n", "command=$1\n[ $1 != evaluate ] || backend=nd4j-native\n"));
    Launcher.Result result = check();
    assertEquals(0, result.exitCode(), result.stdout() + result.stderr());
    assertFalse(result.stdout().contains("FAIL"), result.stdout());
  }

  @Test
  void cardThatDoesNotWorkIsNotTriedFurther() throws Exception {
    pretend("failed", "nd4j-cuda-11.6", "0.98");
    Launcher.Result result = check("--nd4j");
    assertEquals(6, result.exitCode());
    assertEquals("FAIL  doctor: a card\nFAILED; see gpu-check.json\n", result.stdout());
    assertFalse(summary().get("passed").asBoolean());
    assertEquals("a card", summary().get("checks").get(0).get("finding").asText());
  }

  @Test
  void silentFallBackFails() throws Exception {
    pretend("ok", "nd4j-native", "0.98");
    Launcher.Result result = check("--nd4j");
    assertEquals(4, result.exitCode());
    assertTrue(
        result
            .stdout()
            .contains("FAIL  LeNet: it computed on nd4j-native, and nd4j-cuda-11.6 was asked for"),
        result.stdout());
  }

  @Test
  void wrongNumbersFail() throws Exception {
    pretend("ok", "nd4j-cuda-11.6", "0.5");
    Launcher.Result result = check("--nd4j");
    assertEquals(4, result.exitCode());
    assertTrue(
        result.stdout().contains("FAIL  seed recipe: accuracy 0.5000, below 0.96"),
        result.stdout());
    assertTrue(
        result
            .stdout()
            .contains(
                "FAIL  evaluation of the CPU's model: accuracy 0.5000, and 0.9800 on the CPU"),
        result.stdout());
  }

  @Test
  void wrongUsageIsSaid() throws Exception {
    Launcher.Result result = check("--backend", "tpu");
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("tpu"), result.stderr());
  }
}
