package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What someone tries in the first hour, and goes wrong in it. */
class FirstHourTest {
  @TempDir Path directory;

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }

  private Path rows() throws IOException {
    return IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(200, 40, 4, 6));
  }

  @Test
  void networkOfADataSetThatIsNotThereIsPrintedWithoutFetchingIt() throws Exception {
    Result result = run("train", "--print-model");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
    assertTrue(result.stdout().endsWith("parameters: 101,770\n"), result.stdout());
    Result three =
        run("train", "--print-model", "--dataset", "fashion-mnist", "data.classes=[0, 1, 2]");
    assertEquals("", three.stderr());
    assertTrue(three.stdout().matches("(?s).*output +3 .*"), three.stdout());
    Mnist4jProcess.assertRefused(
        run("train", "--print-model", "data.classes=[0, 12]"), 2, "unknown class '12'");
  }

  @Test
  void configurationThatIsNotThereIsAnsweredWithTheNamesThereAre() throws Exception {
    // As the launcher says it.
    Result result =
        new CommandLineRun(directory)
            .jvmFlag("-Dmnist4j.home=" + Path.of("").toAbsolutePath())
            .run("train", "--config", "no-such");
    assertEquals(2, result.exitCode());
    assertTrue(result.stderr().contains("the names there are: best, cnn, "), result.stderr());
    assertFalse(run("train", "--config", "no-such.yaml").stderr().contains("names there are"));
  }

  @Test
  void federationIsSentToItsOwnCommand() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("runs/f"));
    Files.writeString(folder.resolve("config.yaml"), "rounds: 3\n");
    Files.writeString(folder.resolve("rounds.csv"), "round\n");
    Mnist4jProcess.assertRefused(
        run("train", "--resume", "runs/f"),
        2,
        "runs/f is a federation; go on with it by: mnist4j federate --resume runs/f");
  }

  @Test
  void raisedEpochsAreExplained() throws Exception {
    String data = rows().toString();
    assertEquals(0, run("train", "--dataset", data, "--name", "a", "--epochs", "2").exitCode());
    Mnist4jProcess.assertRefused(run("train", "--raise", "flat"), 2, "--raise is for a run");
    Result flat = run("train", "--resume", "runs/a", "--epochs", "3", "--raise", "flat");
    assertEquals(0, flat.exitCode(), flat.stderr());
    assertTrue(flat.stderr().contains("The learning rate stays at "), flat.stderr());
    Result restart = run("train", "--resume", "runs/a", "--epochs", "4", "--raise", "restart");
    assertTrue(restart.stderr().contains("its schedule begins anew"), restart.stderr());
    Result planned = run("train", "--resume", "runs/a", "--epochs", "6");
    assertTrue(
        planned.stderr().contains("--config runs/a/config.yaml --set training.raised=[];"),
        planned.stderr());
  }

  @Test
  void earlyStoppingHoldsAPartOut() throws Exception {
    Result result =
        run("train", "--dataset", rows().toString(), "--patience", "2", "--epochs", "2");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("180 images, 20 to validate, 40 to test"), result.stderr());
    assertTrue(result.stderr().contains("A tenth of the training images validates, since"));
    assertFalse(result.stdout().contains("the test images decided"), result.stdout());
  }

  @Test
  void runsAreListedSortedAndFiltered() throws Exception {
    String data = rows().toString();
    for (int epochs = 1; epochs <= 2; epochs++) {
      String name = "e" + epochs;
      run("train", "--dataset", data, "--name", name, "--epochs", String.valueOf(epochs));
    }
    String all = run("runs", "list").stdout();
    assertTrue(all.matches("(?s)RUN .*\\ne1 .*\\ne2 .* training.epochs=2\n"), all);
    String reversed = run("runs", "list", "--sort", "epochs", "--reverse").stdout();
    assertTrue(reversed.indexOf("e2 ") < reversed.indexOf("e1 "), reversed);
    String one = run("runs", "list", "--where", "training.epochs>1", "--format", "csv").stdout();
    assertEquals(2, one.lines().count(), one);
    assertTrue(one.startsWith("run,folder,dataset,test-images,test-accuracy,"), one);
    Mnist4jProcess.assertRefused(run("runs", "list", "--sort", "epoch"), 2, "did you mean epochs?");
    Mnist4jProcess.assertRefused(run("runs", "list", "--where", "x"), 2, "is no condition");
    Mnist4jProcess.assertRefused(run("runs", "list", "nowhere"), 2, "nowhere: no such folder");
    String json = run("report", "runs/e1", "runs/e2", "--format", "json").stdout();
    assertTrue(json.contains("\"run\" : \"e2\""), json);
    assertTrue(json.contains("\"settings\" : {"), json);
    assertFalse(Files.exists(directory.resolve("comparison")));
  }

  @Test
  void problemsOfASweepFileComeAtOnce() throws Exception {
    String space =
        """
        space:
          training.optimizer.learning-rate: {log-uniform: [5, 1]}
          training.batch-size: {choces: [1]}
        """;
    Path file = directory.resolve("sweep.yaml");
    Files.writeString(file, "trials: -1\n" + space);
    String first = run("sweep", "sweep.yaml", "--dry-run").stderr();
    assertTrue(first.contains("sweep.yaml:1: trials must be at least 0"), first);
    assertTrue(first.contains("sweep.yaml:3: training.optimizer.learning-rate: "), first);
    assertTrue(first.contains("did you mean choice?"), first);
    Files.writeString(file, "trials: 1\nexperiment: {training: {epochs: 0}}\n" + space);
    String second = run("sweep", "sweep.yaml", "--dry-run").stderr();
    assertTrue(second.contains("training.epochs must be 1 to 100000, not 0"), second);
    assertTrue(second.contains("did you mean choice?"), second);
  }
}
