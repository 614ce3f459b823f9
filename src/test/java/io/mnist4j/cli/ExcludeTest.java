package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.idx.IdxFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training without the images that an issues.csv names. */
class ExcludeTest {
  private static final String HEAD = "split,index,label,suggested,score,kind\n";

  @TempDir Path directory;
  private Path data;
  private Path issues;

  @BeforeEach
  void write() throws Exception {
    // Labels run 0 1 2 0 1 2 …
    data = IdxFixture.write(directory.resolve("rows"), IdxFixture.rows(60, 30, 3, 8));
    issues = directory.resolve("issues.csv");
    Files.writeString(
        issues,
        HEAD
            + "train,4,1,2,0.01,label\ntest,7,1,,0,duplicate\r\n"
            + "train,4,1,,0,blank\ntrain,59,2,\"0\",0,\"label\"\n");
  }

  private Mnist4jProcess.Result train(String name, String... more) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset",
                data.toString(),
                "--epochs",
                "1",
                "--batch-size",
                "10",
                "--name",
                name));
    args.addAll(List.of(more));
    return new CommandLineRun(directory).run(args.toArray(String[]::new));
  }

  @Test
  void leavesOutTheTrainingImagesThatAreNamedOnce() throws Exception {
    Mnist4jProcess.Result result = train("less", "--exclude", issues.toString());
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().contains("issues.csv: 2 of 60 training images are left out"),
        result.stderr());
    assertTrue(result.stderr().contains("58 images"), result.stderr());
  }

  @Test
  void theConfigurationOfTheRunRepeatsIt() throws Exception {
    train("less", "--exclude", issues.toString());
    Path config = directory.resolve("runs/less/config.yaml");
    String yaml = Files.readString(config);
    assertTrue(yaml.contains("exclude: " + issues.toAbsolutePath()), yaml);
    assertTrue(yaml.contains(IdxFixture.sha256(Files.readAllBytes(issues))), yaml);
    Mnist4jProcess.Result again =
        new CommandLineRun(directory)
            .run("train", "--config", config.toString(), "--name", "again");
    assertEquals(0, again.exitCode(), again.stderr());
    assertArrayEquals(metrics("less"), metrics("again"));
    Files.writeString(issues, HEAD + "train,5,2,,0,blank\n");
    Mnist4jProcess.Result changed =
        new CommandLineRun(directory).run("train", "--config", config.toString(), "--name", "b");
    assertEquals(3, changed.exitCode());
    assertTrue(changed.stderr().contains("issues.csv has changed"), changed.stderr());
    Mnist4jProcess.Result asked =
        new CommandLineRun(directory)
            .run("train", "--config", config.toString(), "--exclude", "issues.csv", "--name", "c");
    assertEquals(0, asked.exitCode(), asked.stderr());
  }

  /** Loss and accuracy of the epoch, without its seconds. */
  private String[] metrics(String run) throws Exception {
    String line = Files.readAllLines(directory.resolve("runs/" + run + "/metrics.csv")).get(1);
    return Arrays.copyOf(line.split(",", -1), 4);
  }

  @Test
  void aModelIsTestedWithoutTheFile() throws Exception {
    train("less", "--exclude", issues.toString());
    Files.delete(issues);
    Mnist4jProcess.Result result =
        new CommandLineRun(directory).run("evaluate", "runs/less/model.zip");
    assertEquals(0, result.exitCode(), result.stderr());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train,4,2,,0,label | line 2: image 4 of train is labelled '1' in rows, not '2': the file was made for other data",
        "train,60,0,,0,label | line 2: index must be 0 to 59 (train has 60 images), not '60'",
        "train,-1,0,,0,label | line 2: index must be 0 to 59 (train has 60 images), not '-1'",
        "validation,1,1,,0,label | line 2: the data has no part 'validation', it has test, train",
        "train,4 | line 2: 2 values, where the first line names 6",
        "train,4,\"1,,0,label | line 2: a quote is not closed",
        "train,4,\"1\"x,,0,label | line 2: a comma is missing after a quote",
      })
  void whatIsNotTrueOfTheDataIsRefused(String row, String message) throws Exception {
    Files.writeString(issues, HEAD + row + "\n");
    refused(message);
  }

  @Test
  void whatIsNoTableIsRefused() throws Exception {
    Files.writeString(issues, "");
    refused("issues.csv is empty");
    Files.writeString(issues, "train,4,1\n");
    refused("line 1: the columns must be named, and one of them must be 'split'");
    Files.write(issues, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refused("issues.csv is not text in UTF-8");
    Files.delete(issues);
    refused("data.exclude: cannot read");
  }

  @Test
  void nothingLeftIsRefused() throws Exception {
    StringBuilder all = new StringBuilder(HEAD);
    for (int image = 0; image < 60; image++) {
      all.append("train,%d,%d,,0,blank\n".formatted(image, image % 3));
    }
    Files.writeString(issues, all);
    Mnist4jProcess.Result result = train("none", "--exclude", issues.toString());
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("leaves no training image of rows"), result.stderr());
  }

  private void refused(String message) throws Exception {
    Mnist4jProcess.Result result = train("refused", "--exclude", issues.toString());
    assertEquals(3, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains(message), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }
}
