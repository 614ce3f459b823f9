package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.config.Setting;
import io.mnist4j.errors.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumePlanTest {
  @TempDir Path directory;
  private RunFixture runs;
  private RunFolder run;

  @BeforeEach
  void train() throws Exception {
    runs = new RunFixture(directory);
    runs.train("run");
    run = RunFolder.of(directory.resolve("run"));
  }

  private ResumePlan plan(String... settings) throws Exception {
    return ResumePlan.of(
        run.path(),
        List.of(),
        List.of(settings).stream()
            .map(text -> text.split("=", 2))
            .map(pair -> new Setting(pair[0], pair[1], "test", Setting.Form.LITERAL))
            .toList());
  }

  @Test
  void finishedRunHasNothingLeftToDo() throws Exception {
    ResumePlan plan = plan();
    assertTrue(plan.finished());
    assertEquals(Files.readString(run.summary()), plan.summaryJson());
    assertFalse(plan("training.epochs=3").finished());
  }

  @Test
  void runWhoseModelIsMissingIsNotFinished() throws Exception {
    byte[] model = Files.readAllBytes(run.model());
    Files.delete(run.model());
    assertFalse(plan().finished());
    runs.train("run");
    assertTrue(Files.size(run.model()) > model.length / 2);
    assertTrue(plan().finished());
  }

  @Test
  void dataThatMovedIsFoundByItsContent() throws Exception {
    Path moved = Files.move(runs.data, directory.resolve("elsewhere"));
    ResumePlan plan = plan("data.dataset=" + moved, "training.epochs=3");
    assertEquals(moved.toString(), plan.experiment().data().dataset());
    RunSummary resumed = runs.train("run", "data.dataset=" + moved, "training.epochs=3");
    assertEquals(3, resumed.training().epochs().size());
  }

  @Test
  void otherDataIsRefusedWhereNothingTellsItsContent() throws Exception {
    Files.delete(run.checkpoint());
    assertThrows(ConfigException.class, () -> plan("data.dataset=" + directory));
  }
}
