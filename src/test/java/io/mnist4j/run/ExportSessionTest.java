package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.model.export.OnnxForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportSessionTest {
  @TempDir Path directory;
  private RunSummary run;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void train() throws Exception {
    run = new RunFixture(directory).train("run");
  }

  private ExportReport export(ExportFormat format, Path target) throws Exception {
    return ExportSession.run(
        run.model(), Optional.empty(), format, OnnxForm.DEFAULT, target, notes::add);
  }

  @Test
  void modelIsWrittenForStockDeeplearning4j() throws Exception {
    Path target = directory.resolve("out.zip");
    ExportReport told = export(ExportFormat.DL4J, target);
    assertTrue(told.takes().contains("24"), told.takes());
    assertEquals(
        Optional.of("read back: max difference 0 to the model, over 256 images"), told.check());
    assertArrayEquals(
        run.trained().network().params().toFloatVector(),
        MultiLayerNetwork.load(target.toFile(), false).params().toFloatVector());
    assertEquals(List.of(), notes);
  }

  @Test
  void modelIsNotOverwrittenByItsExport() throws Exception {
    byte[] before = Files.readAllBytes(run.model());
    Path link = Files.createSymbolicLink(directory.resolve("link.zip"), run.model());
    ConfigException refused =
        assertThrows(ConfigException.class, () -> export(ExportFormat.DL4J, link));
    assertEquals(
        run.model() + " would be overwritten by its own export; name another file",
        refused.getMessage());
    assertArrayEquals(before, Files.readAllBytes(run.model()));
  }
}
