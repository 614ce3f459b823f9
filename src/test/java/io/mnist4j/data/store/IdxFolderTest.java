package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  /** 80 + 16 images of 8x6 in 8 classes. */
  private static final Map<FileRole, byte[]> ROWS = IdxFixture.rows(80, 16, 8, 6);

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createDirectory(directory.resolve("rows"));
  }

  @Test
  void readsStandardNamesAndRecordsWhatItRead() throws Exception {
    Dataset dataset = IdxFolder.read(IdxFixture.write(folder, ROWS));
    assertEquals("rows", dataset.name());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7"), dataset.classNames());
    assertEquals(80, dataset.train().size());
    assertEquals(16, dataset.test().size());
    assertEquals(8, dataset.train().height());
    assertEquals(6, dataset.train().width());
    assertEquals(5, dataset.test().label(13));
    assertEquals(4, dataset.contentSha256().size());
    ROWS.forEach(
        (role, content) ->
            assertEquals(IdxFixture.sha256(content), dataset.contentSha256().get(role.fileName())));
  }

  @Test
  void namesMayHaveDotsPrefixesAndOtherWordsForTest() throws Exception {
    writeAs("train-images.idx3-ubyte", FileRole.TRAIN_IMAGES, false);
    writeAs("train-labels-idx1-ubyte.gz", FileRole.TRAIN_LABELS, true);
    writeAs("t10k-images.idx3-ubyte.gz", FileRole.TEST_IMAGES, true);
    writeAs("test-labels-idx1-ubyte", FileRole.TEST_LABELS, false);
    assertEquals(80, IdxFolder.read(folder).train().size());

    Path emnist = Files.createDirectory(directory.resolve("emnist"));
    folder = emnist;
    writeAs("emnist-letters-train-images-idx3-ubyte.gz", FileRole.TRAIN_IMAGES, true);
    writeAs("emnist-letters-train-labels-idx1-ubyte.gz", FileRole.TRAIN_LABELS, true);
    writeAs("emnist-letters-test-images-idx3-ubyte.gz", FileRole.TEST_IMAGES, true);
    writeAs("emnist-letters-test-labels-idx1-ubyte.gz", FileRole.TEST_LABELS, true);
    Files.writeString(emnist.resolve("emnist-letters-mapping.txt"), "1 65 97\n");
    // A part of another data set is in nobody's way.
    writeAs("emnist-digits-train-images-idx3-ubyte.gz", FileRole.TRAIN_IMAGES, true);
    assertArrayEquals(
        IdxFolder.read(emnist).train().pixels(),
        IdxFolder.read(directory.resolve("rows")).train().pixels());
    for (FileRole role : FileRole.values()) {
      writeAs("emnist-digits-" + role.fileName(), role, false);
    }
    assertRefused(
        emnist + ": expected one data set, found 2 (emnist-digits-*, emnist-letters-*); put");
  }

  @Test
  void classesHaveTheNamesOfTheFile() throws Exception {
    IdxFixture.write(folder, ROWS);
    classes("\uFEFFnull\r\neins\r\n zwei \r\ndrei\r\nvier\r\nfünf\r\nT-shirt/top\r\n7\r\n\r\n");
    assertEquals(
        List.of("null", "eins", "zwei", "drei", "vier", "fünf", "T-shirt/top", "7"),
        IdxFolder.read(folder).classNames());
  }

  @Test
  void classesThatDoNotFitAreRefused() throws Exception {
    IdxFixture.write(folder, ROWS);
    Path file = folder.resolve("classes.txt");
    classes("a\nb\n");
    assertRefused(file + ": expected 8 names, for labels 0 to 7, found 2");
    classes("a\nb\nc\nd\ne\nf\ng\nh\ni\n");
    assertRefused(file + ": expected 8 names, for labels 0 to 7, found 9");
    classes("");
    assertRefused(file + ": expected 8 names, for labels 0 to 7, found 0");
    classes("a\nb\n\nd\ne\nf\ng\nh\n");
    assertRefused(file + ":3: expected a name of its own for label 2, found ''");
    classes("a\nb\nc\nd\ne\na\ng\nh\n");
    assertRefused(file + ":6: expected a name of its own for label 5, found 'a' again");
    Files.write(file, "ä\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("cannot read " + file + ": it is not text in UTF-8");
    Files.write(file, new byte[1 << 17]);
    assertRefused(file + ": expected a name a line, found a file too long");
  }

  @Test
  void labelsMayBeginAtOne() throws Exception {
    IdxFixture.write(folder, ROWS);
    byte[] labels = ROWS.get(FileRole.TRAIN_LABELS).clone();
    for (int i = 8; i < labels.length; i++) {
      labels[i]++;
    }
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
    assertEquals(9, IdxFolder.read(folder).classes());
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    assertThrows(MissingDataException.class, () -> IdxFolder.read(folder));
    assertRefused(folder + ": not a complete data set: missing train-images-idx3-ubyte, train-");
    IdxFixture.write(folder, ROWS);
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(folder + ": not a complete data set: missing t10k-labels-idx1-ubyte (or .gz)");
    folder = directory.resolve("none");
    assertRefused(folder + ": no such folder");
    Files.writeString(folder, "");
    assertRefused(folder + ": expected the folder of a data set, found a file");
  }

  @Test
  void filesThatContradictEachOtherAreRefused() throws Exception {
    IdxFixture.write(folder, ROWS);
    Map<FileRole, byte[]> other = IdxFixture.rows(80, 16, 8, 5);
    Path testImages = folder.resolve("t10k-images-idx3-ubyte");
    Files.write(testImages, other.get(FileRole.TEST_IMAGES));
    assertRefused(testImages + ": expected images of 8x6 as in train-images-idx3-ubyte, found 8x5");
    Files.write(testImages, ROWS.get(FileRole.TRAIN_IMAGES));
    assertRefused("expected 80 labels, one for each image of " + testImages + ", found 16");
    Files.write(testImages, ROWS.get(FileRole.TEST_LABELS));
    assertRefused("are two files swapped?");
    IdxFixture.write(folder, ROWS);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxFixture.idx(new byte[80], 0x801, 80));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxFixture.idx(new byte[16], 0x801, 16));
    assertRefused("all images have label 0");
  }

  @Test
  void nameIsTheFoldersAndFitsIntoAFileName() {
    assertEquals("rows", IdxFolder.name(Path.of("/a/rows/")));
    assertEquals("b", IdxFolder.name(Path.of("/a/b/c/..")));
    assertEquals("Z-ge_2.x", IdxFolder.name(Path.of("/a/.Z&ge_2.x")));
    assertEquals("字母", IdxFolder.name(Path.of("/a/字母")));
    assertEquals("folder", IdxFolder.name(Path.of("/")));
    assertEquals("folder", IdxFolder.name(Path.of("/a/...")));
    assertEquals("mnist-folder", IdxFolder.name(Path.of("/a/mnist")));
    assertEquals(60, IdxFolder.name(Path.of("/" + "x".repeat(200))).length());
    assertEquals(
        Path.of("").toAbsolutePath().getFileName().toString(), IdxFolder.name(Path.of(".")));
  }

  private void writeAs(String name, FileRole role, boolean gzip) throws Exception {
    byte[] content = ROWS.get(role);
    Files.write(folder.resolve(name), gzip ? IdxFixture.gzip(content) : content);
  }

  private void classes(String text) throws Exception {
    Files.writeString(folder.resolve("classes.txt"), text);
  }

  private void assertRefused(String expected) {
    String message = assertThrows(DataException.class, () -> IdxFolder.read(folder)).getMessage();
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count());
  }
}
