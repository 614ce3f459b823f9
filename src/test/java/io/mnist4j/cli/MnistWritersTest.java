package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.store.RealMnist;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Who wrote MNIST, where its images and QMNIST's tables of labels are on this machine. */
@EnabledIf("isPresent")
class MnistWritersTest {
  private static final String TRAIN = "qmnist-train-labels-idx2-int.gz";
  private static final String TEST = "qmnist-test-labels-idx2-int.gz";

  @TempDir Path directory;

  static boolean isPresent() {
    return RealMnist.isPresent() && Files.exists(table(TRAIN)) && Files.exists(table(TEST));
  }

  private static Path table(String name) {
    return RealMnist.folder().resolveSibling(name);
  }

  private CommandLineRun program(TestMirror mirror) {
    return new CommandLineRun(directory).environment("MNIST4J_MIRRORS", mirror.base());
  }

  @Test
  void tablesAreFetchedAndFitTheImages() throws Exception {
    Path data = directory.resolve("data");
    Path mnist = Files.createDirectories(data.resolve("mnist"));
    for (FileRole role : FileRole.values()) {
      Files.copy(RealMnist.folder().resolve(role.gzipName()), mnist.resolve(role.gzipName()));
    }
    Map<String, byte[]> tables = new TreeMap<>();
    tables.put(TRAIN, Files.readAllBytes(table(TRAIN)));
    tables.put(TEST, Files.readAllBytes(table(TEST)));
    try (TestMirror mirror = new TestMirror(tables)) {
      Result fetched =
          program(mirror).run("data", "fetch", "mnist-writers", "--data-dir", data.toString());
      assertEquals(0, fetched.exitCode(), fetched.stderr());
      assertTrue(Files.exists(data.resolve("qmnist").resolve(TEST)));
    }
    Result trained =
        new CommandLineRun(directory)
            .run(
                "train",
                "--dataset",
                "mnist",
                "--data-dir",
                data.toString(),
                "--epochs",
                "1",
                "--name",
                "m",
                "data.limit=2000",
                "data.groups=mnist-writers",
                "training.group-weights={4: 2}");
    assertEquals(0, trained.exitCode(), trained.stderr());
    Result tested =
        new CommandLineRun(directory)
            .run("evaluate", "runs/m", "--data-dir", data.toString(), "--groups", "mnist-writers");
    assertEquals(0, tested.exitCode(), tested.stderr());
    assertTrue(tested.stdout().matches("(?s).*\n0 +4,999 +48 .*\n4 +5,001 +249 .*"));
    assertTrue(tested.stdout().contains("the bootstrap over 297 writers"), tested.stdout());
    Result other =
        new CommandLineRun(directory)
            .run(
                "evaluate",
                "runs/m",
                "--data-dir",
                data.toString(),
                "--groups",
                table(TRAIN).toString());
    assertEquals(3, other.exitCode());
    assertTrue(
        other.stderr().contains("row 0: image 0 of test is labelled '7', not '5'"), other.stderr());
    Result learned =
        new CommandLineRun(directory)
            .run("train", "--dataset", "mnist-writers", "--data-dir", data.toString());
    assertEquals(2, learned.exitCode());
    assertTrue(learned.stderr().contains("mnist-writers has no images"), learned.stderr());
  }
}
