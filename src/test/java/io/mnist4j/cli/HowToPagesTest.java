package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.digits.FormSheet;
import io.mnist4j.digits.Rendering;
import io.mnist4j.digits.StrokesDigit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the pages on pictures, other programs' models and searches, one after another, on
 * files of the names that the pages give.
 */
class HowToPagesTest {
  @TempDir Path directory;

  @Test
  void picturesAreReadAsThePageSays() throws Exception {
    Path run = Files.createDirectories(directory.resolve("runs/first"));
    Files.copy(TrainedRuns.strokesModel(), run.resolve("model.zip"));
    for (String name : List.of("seven.png", "postcode.jpg", "three.jpg", "scans/a.png")) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, Rendering.PHOTO.file(StrokesDigit.of(3), new Random(1)));
    }
    Files.write(
        directory.resolve("form.png"),
        FormSheet.file(List.of(List.of(StrokesDigit.of(1), StrokesDigit.of(2))), 0, 0));
    assertEquals(6, run("read-pictures"));
    assertTrue(Files.exists(directory.resolve("why/three.png")));
  }

  @Test
  void modelsAreExchangedAsThePageSays() throws Exception {
    IdxFixture.write(directory.resolve("small"), IdxFixture.rows(200, 50, 28, 28));
    assertEquals(
        0,
        command("train --dataset ./small --epochs 1 --no-report --name default-mnist-1")
            .exitCode());
    Files.copy(Path.of("src/test/resources/models/keras3-mlp.h5"), directory.resolve("keras.h5"));
    assertEquals(6, run("exchange-models"));
    assertTrue(Files.exists(directory.resolve("digits.zip")));
  }

  @Test
  void aSearchIsExportedAsThePageSays() throws Exception {
    IdxFixture.write(directory.resolve("small"), IdxFixture.rows(200, 50, 28, 28));
    Path sweep = directory.resolve("mlp.yaml");
    Files.writeString(
        sweep,
        """
        experiment: {training: {epochs: 1}, data: {dataset: %s}}
        trials: 2
        space: {training.optimizer.learning-rate: {log-uniform: [1e-3, 1e-2]}}
        """
            .formatted(directory.resolve("small")));
    assertEquals(0, command("sweep mlp.yaml --no-report").exitCode());
    assertEquals(3, run("search-settings"));
    assertTrue(Files.exists(directory.resolve("trials.csv")));
  }

  /** Runs what needs no cluster, and returns how many commands that were. */
  private int run(String page) throws Exception {
    int commands = 0;
    for (String line : PageCommands.of(Path.of("docs/how-to/" + page + ".md"))) {
      if (!line.contains("--master")) {
        Result result = command(line.replaceFirst(" evaluate ", " evaluate --dataset strokes "));
        assertEquals(0, result.exitCode(), line + "\n" + result.stderr());
        commands++;
      }
    }
    return commands;
  }

  private Result command(String line) throws Exception {
    return new CommandLineRun(directory)
        .jvmFlag("-Dmnist4j.home=" + Path.of("").toAbsolutePath())
        .run(PageCommands.words(line).toArray(String[]::new));
  }
}
