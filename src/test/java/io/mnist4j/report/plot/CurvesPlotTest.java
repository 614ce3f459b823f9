package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.report.SavedRuns;
import io.mnist4j.run.RunFormat;
import io.mnist4j.run.SavedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesPlotTest {
  @TempDir Path directory;

  @Test
  void lossOfARunHasALineForEachSetOfImages() throws Exception {
    Drawing drawing = CurvesPlot.loss(SavedRuns.cut(directory));
    assertEquals("loss", drawing.name());
    assertEquals("Loss", drawing.title());
    assertEquals(
        "training: 0.5000 after epoch 1, 0.2500 after epoch 2."
            + " validation: 0.4000 after epoch 1, 0.3000 after epoch 2.",
        drawing.description());
  }

  @Test
  void accuracyOfARunHasALineForEachSetOfImages() throws Exception {
    Drawing drawing = CurvesPlot.accuracy(SavedRuns.cut(directory));
    assertEquals("accuracy", drawing.name());
    assertEquals("Accuracy", drawing.title());
    assertEquals(
        "training: 0.8500 after epoch 1, 0.9300 after epoch 2."
            + " validation: 0.9000 after epoch 1, 0.9500 after epoch 2.",
        drawing.description());
  }

  /** As version 0.1.0 wrote it. */
  @Test
  void accuracyOfARunThatDidNotCountItInTrainingIsThatOfItsValidation() throws Exception {
    SavedRun run = SavedRuns.cut(directory);
    Files.writeString(
        directory.resolve("metrics.csv"),
        "epoch,train-loss,validation-loss,validation-accuracy,seconds\n1,0.5,0.4,0.9,1.25\n");
    Drawing drawing = CurvesPlot.accuracy(RunFormat.read(run.folder()));
    assertEquals("Validation accuracy", drawing.title());
    assertEquals("validation: 0.9000 after epoch 1, 0.9000 after epoch 1.", drawing.description());
  }

  @Test
  void runsAreNamedInTheirOrder() throws Exception {
    List<SavedRun> runs =
        List.of(SavedRuns.cut(directory.resolve("a")), SavedRuns.cut(directory.resolve("b")));
    assertEquals(
        "a: 0.4000 after epoch 1, 0.3000 after epoch 2."
            + " b: 0.4000 after epoch 1, 0.3000 after epoch 2.",
        CurvesPlot.losses(runs).description());
    assertEquals(
        "a: 0.9000 after epoch 1, 0.9500 after epoch 2."
            + " b: 0.9000 after epoch 1, 0.9500 after epoch 2.",
        CurvesPlot.accuracies(runs).description());
  }
}
