package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataStoreTest {
  private static final CatalogueEntry ENTRY =
      IdxFixture.entry("tiny", IdxFixture.TINY, "file:///nowhere/");

  @TempDir Path folder;

  @Test
  void loadsFromTheDataSetsOwnFolder() throws Exception {
    write(folder.resolve("tiny"), IdxFixture.TINY, "-idx", ".gz");
    Dataset dataset = load();
    assertEquals("tiny", dataset.name());
    assertEquals(List.of("a", "b", "c"), dataset.classNames());
    assertEquals(200, dataset.train().size());
    assertEquals(50, dataset.test().size());
    assertEquals(12, dataset.test().height());
    byte[] file = IdxFixture.TINY.get(FileRole.TEST_LABELS);
    assertArrayEquals(Arrays.copyOfRange(file, 8, file.length), dataset.test().labels());
    assertEquals(IdxFixture.sha256(file), dataset.contentSha256().get("t10k-labels-idx1-ubyte"));
    assertEquals(4, dataset.contentSha256().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-idx", ".idx"})
  void loadsUncompressedFromTheFolderItself(String separator) throws Exception {
    write(folder, IdxFixture.TINY, separator, "");
    assertEquals(200, load().train().size());
  }

  @Test
  void loadsFilesWithDotsAndGzip() throws Exception {
    write(folder, IdxFixture.TINY, ".idx", ".gz");
    assertEquals(200, load().train().size());
  }

  @Test
  void loadingLeavesNoTrace() throws Exception {
    write(folder, IdxFixture.TINY, "-idx", ".gz");
    load();
    store().fetch(ENTRY, false, FetchListener.SILENT);
    store().verify(ENTRY);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count(), "a folder that is complete is never written to");
    }
  }

  @Test
  void absentFolderIsMissing() {
    MissingDataException e = assertThrows(MissingDataException.class, this::load);
    assertEquals(
        ("cannot fetch tiny (train-images-idx3-ubyte.gz): /nowhere: no such file. Put the four"
                + " files into %s or set MNIST4J_DATA, then try again")
            .formatted(folder.resolve("tiny")),
        e.getMessage());
    assertEquals("missing", state(store(), ENTRY));
  }

  @Test
  void wrongContentIsCorruptAndNotMissing() throws Exception {
    write(folder.resolve("tiny"), IdxFixture.TINY, "-idx", ".gz");
    byte[] other = IdxFixture.tiny(2).get(FileRole.TRAIN_LABELS);
    Path file = folder.resolve("tiny/train-labels-idx1-ubyte.gz");
    Files.write(file, IdxFixture.gzip(other));
    DataException e = assertThrows(DataException.class, this::load);
    assertFalse(e instanceof MissingDataException);
    assertEquals(
        "%s: expected content with SHA-256 %s, found %s. Replace it by hand, or with: mnist4j data fetch tiny"
            .formatted(
                file,
                IdxFixture.sha256(IdxFixture.TINY.get(FileRole.TRAIN_LABELS)),
                IdxFixture.sha256(other)),
        e.getMessage());
    assertEquals("corrupt", state(store(), ENTRY));
  }

  @Test
  void goodFileBesideABrokenOneIsTaken() throws Exception {
    write(folder, IdxFixture.TINY, "-idx", "");
    Files.createDirectories(folder.resolve("tiny"));
    Files.write(folder.resolve("tiny/train-images-idx3-ubyte.gz"), new byte[10]);
    assertEquals(200, load().train().size());
  }

  @Test
  void anotherDataSetInTheFolderItselfIsNotThisOne() throws Exception {
    Map<FileRole, byte[]> otherFiles = IdxFixture.tiny(2);
    CatalogueEntry other = IdxFixture.entry("other", otherFiles);
    write(folder, otherFiles, "-idx", ".gz");
    DataStore store =
        new DataStore(folder, TestMirror.SETTINGS, List.of(ENTRY, other), Optional.empty());
    assertThrows(MissingDataException.class, () -> store.load(ENTRY, FetchListener.SILENT));
    assertEquals("missing", state(store, ENTRY));
    assertEquals("complete", state(store, other));
    assertEquals("corrupt", state(store(), ENTRY), "what nobody knows is not another data set");
  }

  @Test
  void anotherDataSetInThisOnesFolderIsCorrupt() throws Exception {
    Map<FileRole, byte[]> otherFiles = IdxFixture.tiny(2);
    CatalogueEntry other = IdxFixture.entry("other", otherFiles);
    write(folder.resolve("tiny"), otherFiles, "-idx", ".gz");
    DataStore store =
        new DataStore(folder, TestMirror.SETTINGS, List.of(ENTRY, other), Optional.empty());
    assertEquals("corrupt", state(store, ENTRY));
  }

  @Test
  void verifySaysWhatIsWhat() throws Exception {
    write(folder, IdxFixture.TINY, "-idx", ".gz");
    Path broken = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 1000));
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    List<FileStatus> statuses = store().verify(ENTRY);
    assertEquals(
        List.of(
            FileStatus.FileState.CORRUPT,
            FileStatus.FileState.OK,
            FileStatus.FileState.OK,
            FileStatus.FileState.MISSING),
        statuses.stream().map(FileStatus::state).toList());
    assertEquals(
        broken + ": truncated: expected a whole gzip file, found the end after 1000 bytes",
        statuses.get(0).remark());
    assertEquals("not in " + folder, statuses.get(3).remark());
    assertTrue(statuses.get(3).path().isEmpty());
    Files.delete(broken);
    assertEquals("incomplete", state(store(), ENTRY));
  }

  private Dataset load() throws DataException {
    return store().load(ENTRY, FetchListener.SILENT);
  }

  private static String state(DataStore store, CatalogueEntry entry) {
    return DatasetStatus.of(entry, store).state();
  }

  private DataStore store() {
    return new DataStore(folder, TestMirror.SETTINGS);
  }

  private static void write(
      Path target, Map<FileRole, byte[]> files, String separator, String extension)
      throws IOException {
    Files.createDirectories(target);
    for (Map.Entry<FileRole, byte[]> file : files.entrySet()) {
      String name = file.getKey().fileName().replace("-idx", separator) + extension;
      byte[] content = file.getValue();
      Files.write(target.resolve(name), extension.isEmpty() ? content : IdxFixture.gzip(content));
    }
  }
}
