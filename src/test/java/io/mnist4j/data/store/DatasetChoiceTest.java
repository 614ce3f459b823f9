package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.MissingDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetChoiceTest {
  @TempDir Path folder;
  private DataStore store;

  @BeforeEach
  void makeStore() {
    String nowhere = folder.resolve("nowhere").toUri().toString();
    store = new DataStore(folder, FetchSettings.of(Map.of("MNIST4J_MIRRORS", nowhere)));
  }

  @Test
  void aFolderIsReadAsItIs() throws Exception {
    Path rows = IdxFixture.write(folder.resolve("rows"), IdxFixture.rows(80, 16, 8, 6));
    DatasetChoice choice = load(rows.toString());
    assertEquals("rows", choice.dataset().name());
    assertEquals(Optional.empty(), choice.fallbackReason());
  }

  @Test
  void onlyAutoFallsBack() throws Exception {
    DatasetChoice choice = load("auto");
    assertEquals("strokes", choice.dataset().name());
    assertTrue(choice.fallbackReason().orElseThrow().startsWith("cannot fetch mnist ("));
    assertThrows(MissingDataException.class, () -> load("mnist"));
    assertEquals(Optional.empty(), load("strokes").fallbackReason());
  }

  @Test
  void aWrongNameIsAWrongSetting() {
    ConfigException e = assertThrows(ConfigException.class, () -> load("minst"));
    assertTrue(e.getMessage().endsWith("did you mean mnist?"), e.getMessage());
  }

  @Test
  void nothingIsLeftWhereNothingWasFetched() throws Exception {
    assertThrows(MissingDataException.class, () -> load("fashion-mnist"));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  private DatasetChoice load(String name) throws Exception {
    return DatasetChoice.load(
        DataSpec.DEFAULT.withDataset(name), PictureForm.AS_IS, store, FetchListener.SILENT);
  }
}
