package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.SavedRuns;
import io.mnist4j.report.TestedModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalPlotsTest {
  @TempDir Path directory;

  @Test
  void modelInItsRunHasCurves() throws Exception {
    SavedRuns.cut(directory);
    String text = TerminalPlots.of(TestedModel.at(directory.resolve("model.zip")), 80);
    assertTrue(text.contains("Training loss"), text);
    assertTrue(text.contains("epoch 1: 0.5000, epoch 2: 0.2500"), text);
    assertTrue(text.contains("epoch 1: 0.9000, epoch 2: 0.9500"), text);
    // Half of the loss is half of the height.
    List<String> curve = text.lines().dropWhile(line -> !line.equals("Training loss")).toList();
    assertTrue(curve.get(2).contains("█████"), curve.get(2));
  }

  @Test
  void modelByItselfHasClassesAndMistakes() throws Exception {
    String text = TerminalPlots.of(TestedModel.at(directory.resolve("model.zip")), 80);
    assertFalse(text.contains("Training loss"), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("dog ▕█+▏ 1\\.0000")), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("cat ▕█+.? *▏ 0\\.3333")), text);
    assertTrue(text.contains("said dog, 80.0 %"), text);
    assertTrue(text.contains("is <3>"), text);
    // Two pixels are a character: the ink of the middle column.
    assertEquals(3, text.lines().filter(line -> line.startsWith("  █ ")).count(), text);
  }

  @Test
  void nothingWrongIsSaid() throws Exception {
    String text = TerminalPlots.of(TestedModel.withoutMistakes(directory.resolve("model.zip")), 80);
    assertTrue(text.contains("No mistakes: every image was named rightly"), text);
  }
}
