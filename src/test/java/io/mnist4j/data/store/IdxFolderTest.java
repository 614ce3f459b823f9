package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.idx.IdxKind;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.NamedPipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  /** 80 + 16 images of 8x6 in 8 classes. */
  private static final Map<FileRole, byte[]> ROWS = IdxFixture.rows(80, 16, 8, 6);

  @TempDir Path directory;
  private Path folder;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createDirectory(directory.resolve("rows"));
  }

  @Test
  void readsStandardNamesAndRecordsWhatItRead() throws Exception {
    Dataset dataset = read(IdxFixture.write(folder, ROWS));
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
    assertEquals(80, read(folder).train().size());

    Path emnist = Files.createDirectory(directory.resolve("emnist"));
    folder = emnist;
    writeAs("emnist-letters-train-images-idx3-ubyte.gz", FileRole.TRAIN_IMAGES, true);
    writeAs("emnist-letters-train-labels-idx1-ubyte.gz", FileRole.TRAIN_LABELS, true);
    writeAs("emnist-letters-test-images-idx3-ubyte.gz", FileRole.TEST_IMAGES, true);
    writeAs("emnist-letters-test-labels-idx1-ubyte.gz", FileRole.TEST_LABELS, true);
    Files.writeString(emnist.resolve("emnist-letters-mapping.txt"), "1 65 97\n");
    // A part of another data set is in nobody's way.
    writeAs("emnist-digits-train-images-idx3-ubyte.gz", FileRole.TRAIN_IMAGES, true);
    assertEquals(80, read(emnist).train().size());
    for (FileRole role : FileRole.values()) {
      writeAs("emnist-digits-" + role.fileName(), role, false);
    }
    assertRefused(
        emnist + ": expected one data set, found 2 (emnist-digits-*, emnist-letters-*); put");
  }

  @Test
  void imagesOfEmnistAreTurnedUpright() throws Exception {
    IdxFixture.write(folder, ROWS);
    Dataset upright = read(folder);
    assertEquals(List.of(), notes);
    Path emnist = Files.createDirectory(directory.resolve("letters"));
    for (FileRole role : FileRole.values()) {
      byte[] file = ROWS.get(role);
      Files.write(
          emnist.resolve("EMNIST-x-" + role.fileName()),
          role.kind == IdxKind.IMAGES ? columns(file, 8, 6) : file);
    }
    Dataset turned = read(emnist);
    assertArrayEquals(upright.train().pixels(), turned.train().pixels());
    assertArrayEquals(upright.test().pixels(), turned.test().pixels());
    assertEquals(6, turned.test().width());
    assertEquals(upright.contentSha256(), turned.contentSha256(), "the hash is that of the images");
    assertEquals(
        List.of(
            emnist + ": rows and columns of the images are exchanged, since EMNIST stores columns"),
        notes);
  }

  private static byte[] columns(byte[] file, int height, int width) {
    int images = (file.length - 16) / (height * width);
    byte[] turned = new byte[file.length - 16];
    for (int i = 0; i < turned.length; i++) {
      int image = i / (height * width);
      int pixel = i % (height * width);
      int at = image * height * width + pixel % width * height + pixel / width;
      turned[at] = file[16 + i];
    }
    return IdxFixture.idx(turned, 0x803, images, width, height);
  }

  @Test
  void labelsFromOneOnHaveNoEmptyClass() throws Exception {
    IdxFixture.write(folder, ROWS);
    Dataset fromZero = read(folder);
    for (FileRole role : List.of(FileRole.TRAIN_LABELS, FileRole.TEST_LABELS)) {
      byte[] labels = ROWS.get(role).clone();
      for (int i = 8; i < labels.length; i++) {
        labels[i]++;
      }
      Files.write(folder.resolve(role.fileName()), labels);
    }
    Dataset fromOne = read(folder);
    assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), fromOne.classNames());
    assertArrayEquals(fromZero.train().labels(), fromOne.train().labels());
    assertArrayEquals(fromZero.test().labels(), fromOne.test().labels());
    classes("a\nb\nc\nd\ne\nf\ng\nh\n");
    assertEquals("a", read(folder).classNames().get(0));
    classes("none\na\nb\nc\nd\ne\nf\ng\nh\n");
    assertEquals(1, read(folder).train().label(0), "a file that names label 0 keeps it");
    classes("a\nb\n");
    assertRefused(": expected 8 names, for labels 1 to 8, found 2");
  }

  @Test
  void aFolderAroundEachFileIsLookedInto() throws Exception {
    for (FileRole role : FileRole.values()) {
      Path around = Files.createDirectory(folder.resolve(role.fileName()));
      Files.write(around.resolve(role.fileName()), ROWS.get(role));
    }
    assertEquals(80, read(folder).train().size());
    Path around = folder.resolve(FileRole.TEST_LABELS.fileName());
    Files.delete(around.resolve(FileRole.TEST_LABELS.fileName()));
    assertRefused("not a complete data set: missing t10k-labels-idx1-ubyte (or .gz)");
    writeAs("t10k-labels.idx1-ubyte", FileRole.TEST_LABELS, false);
    assertEquals(16, read(folder).test().size());
  }

  @Test
  void aFolderOfPicturesIsCalledOne() throws Exception {
    Path three = Files.createDirectories(folder.resolve("3"));
    Files.write(three.resolve("a.png"), new byte[1]);
    assertRefused(
        folder
            + ": a folder of pictures. Models can be tested on it, but training takes IDX files:"
            + " train-images-idx3-ubyte, ");
  }

  @Test
  void aWebPageInPlaceOfAFileIsCalledOne() throws Exception {
    IdxFixture.write(folder, ROWS);
    Path file = folder.resolve("train-labels-idx1-ubyte");
    Files.writeString(file, "<!DOCTYPE html><title>Sign in</title>");
    assertRefused(file + ": expected an IDX file of labels, found an HTML page");
  }

  @Test
  @Timeout(20)
  void pipesAreNotWaitedFor() throws Exception {
    IdxFixture.write(folder, ROWS);
    NamedPipe.create(folder.resolve("classes.txt"));
    assertRefused("classes.txt: expected a file, found a folder or device");
    Files.delete(folder.resolve("classes.txt"));
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    NamedPipe.create(folder.resolve("train-labels-idx1-ubyte"));
    assertRefused("expected a file of labels, found a folder or device");
  }

  @Test
  void classesHaveTheNamesOfTheFile() throws Exception {
    IdxFixture.write(folder, ROWS);
    classes("\uFEFFnull\r\neins\r\n zwei \r\ndrei\r\nvier\r\nfünf\r\nT-shirt/top\r\n7\r\n\r\n");
    assertEquals(
        List.of("null", "eins", "zwei", "drei", "vier", "fünf", "T-shirt/top", "7"),
        read(folder).classNames());
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

  /** A model with such a name could be written, but not be read again. */
  @Test
  void namesThatNoModelMayHaveAreRefused() throws Exception {
    IdxFixture.write(folder, ROWS);
    for (String name : List.of("a\tb", "a\u001bb", "a\u009bb", "a".repeat(1_001))) {
      classes("0\n1\n2\n" + name + "\n4\n5\n6\n7\n");
      assertRefused(
          folder.resolve("classes.txt")
              + ":4: expected a name of up to 1,000 characters and no control characters for label"
              + " 3");
    }
    String longest = "a".repeat(1_000);
    classes("0\n1\n2\n" + longest + "\n4\n5\n6\n7\n");
    assertEquals(longest, read(folder).classNames().get(3));
  }

  @Test
  void labelsMayBeginAtOne() throws Exception {
    IdxFixture.write(folder, ROWS);
    byte[] labels = ROWS.get(FileRole.TRAIN_LABELS).clone();
    for (int i = 8; i < labels.length; i++) {
      labels[i]++;
    }
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
    assertEquals(9, read(folder).classes());
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    assertThrows(MissingDataException.class, () -> read(folder));
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
    assertRefused("all images have label 0; there is nothing to tell apart");
    byte[] ones = new byte[80];
    Arrays.fill(ones, (byte) 1);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxFixture.idx(ones, 0x801, 80));
    ones = Arrays.copyOf(ones, 16);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), IdxFixture.idx(ones, 0x801, 16));
    assertRefused("all images have label 1; there is nothing to tell apart");
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
    String wide = IdxFolder.name(Path.of("/" + "\uD835\uDD18".repeat(60)));
    assertEquals("\uD835\uDD18".repeat(37), wide, "4 bytes each");
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

  private Dataset read(Path from) throws DataException {
    return IdxFolder.read(
        from,
        new FetchListener() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        });
  }

  private void assertRefused(String expected) {
    String message = assertThrows(DataException.class, () -> read(folder)).getMessage();
    assertTrue(message.contains(expected), message);
    assertEquals(1, message.lines().count());
  }
}
