package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.idx.IdxKind;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.NamedPipe;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
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
    Files.writeString(emnist.resolve("emnist-digits-mapping.txt"), "0 48\n1 49\n");
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
  void anEmnistMappingNamesTheClassesAndTurnsTheImages() throws Exception {
    IdxFixture.write(folder, ROWS);
    Dataset upright = read(folder);
    Path mapping = folder.resolve("emnist-letters-mapping.txt");
    Files.writeString(mapping, "0 48\n1 65 97\n2 66 98\n3 67\n4 68\n5 69\n6 70\n7 113\n8 114\n");
    Dataset turned = read(folder);
    assertEquals(List.of("0", "Aa", "Bb", "C", "D", "E", "F", "q", "r"), turned.classNames());
    assertEquals(6, turned.train().height());
    assertEquals(1, notes.size());
    assertEquals(upright.test().label(13), turned.test().label(13));
    classes("a\nb\nc\nd\ne\nf\ng\nh\n");
    assertEquals("a", read(folder).classNames().get(0), "classes.txt counts before the mapping");
    Files.delete(folder.resolve("classes.txt"));

    Files.writeString(mapping, "1 65 97\n2 66 98\n");
    assertRefused(mapping + ": expected names for labels 0 to 7, found 1 to 2");
    Files.writeString(mapping, "0 65 97\n2 66 98\n");
    assertRefused(mapping + ":2: expected label 1, found '2 66 98'");
    Files.writeString(mapping, "0 65\n1 65\n");
    assertRefused(mapping + ":2: expected a character of its own for label 1, found '1 65'");
    Files.writeString(mapping, "0 65\n1 7\n");
    assertRefused(mapping + ":2: expected codes of characters that can be seen, found '1 7'");
    Files.writeString(mapping, "0 A\n");
    assertRefused(
        mapping
            + ":1: expected a label and one or two character codes, such as '1 65 97', found '0 A'");
    Files.writeString(mapping, "");
    assertRefused(mapping + ": expected a line for each of two classes or more, found 0");
  }

  @Test
  void labelsOfAMappingFromOneOnHaveNoEmptyClass() throws Exception {
    for (FileRole role : FileRole.values()) {
      byte[] file = ROWS.get(role).clone();
      for (int i = 8; i < file.length && role.kind == IdxKind.LABELS; i++) {
        file[i]++;
      }
      Files.write(folder.resolve("emnist-letters-" + role.fileName()), file);
    }
    Files.writeString(
        folder.resolve("emnist-letters-mapping.txt"),
        "1 65 97\r\n2 66 98\r\n3 67 99\r\n4 68\r\n5 69\r\n6 70\r\n7 71\r\n8 72\r\n");
    Dataset letters = read(folder);
    assertEquals(List.of("Aa", "Bb", "Cc", "D", "E", "F", "G", "H"), letters.classNames());
    assertEquals(0, letters.train().label(0));
  }

  @Test
  void classMapsOfKuzushijiNameTheClasses() throws Exception {
    IdxFixture.write(folder, ROWS);
    Path map = folder.resolve("kmnist_classmap.csv");
    String head = "index,codepoint,char\n0,U+304A,お\n1,U+304D,き\n2,U+3059,す\n3,U+3064,つ\n";
    Files.writeString(map, head + "4,U+306A,な\n5,U+306F,は\n6,U+307E,ま\n7,U+3084,や\n");
    assertEquals(List.of("お", "き", "す", "つ", "な", "は", "ま", "や"), read(folder).classNames());
    assertEquals(List.of(), notes, "they are not turned");
    Files.writeString(folder.resolve("k49_classmap.csv"), head);
    assertEquals("や", read(folder).classNames().get(7), "the one with as many classes is taken");
    Files.writeString(map, head);
    assertRefused(": expected names for labels 0 to 7, found 0 to 3");
    Files.writeString(map, head + "4,U+306A,は\n");
    assertRefused(map + ":6: expected the character of the code point, 'な', found '4,U+306A,は'");
    Files.writeString(map, "0,U+304A,お\n");
    assertRefused(map + ":1: expected 'index,codepoint,char', found '0,U+304A,お'");
  }

  @Test
  void filesOfQmnistAndOfKannadaMnistAreFound() throws Exception {
    byte[] train = table(ROWS.get(FileRole.TRAIN_LABELS));
    writeAs("qmnist-train-images-idx3-ubyte.gz", FileRole.TRAIN_IMAGES, true);
    Files.write(folder.resolve("qmnist-train-labels-idx2-int.gz"), IdxFixture.gzip(train));
    writeAs("qmnist-test-images-idx3-ubyte.gz", FileRole.TEST_IMAGES, true);
    Files.write(
        folder.resolve("qmnist-test-labels-idx2-int.gz"),
        IdxFixture.gzip(table(ROWS.get(FileRole.TEST_LABELS))));
    Dataset qmnist = read(folder);
    assertEquals(5, qmnist.test().label(13));
    assertEquals(
        IdxFixture.sha256(ROWS.get(FileRole.TRAIN_LABELS)),
        qmnist.contentSha256().get("train-labels-idx1-ubyte"));

    folder = Files.createDirectory(directory.resolve("kannada"));
    writeAs("X_kannada_MNIST_train-idx3-ubyte.gz", FileRole.TRAIN_IMAGES, true);
    writeAs("y_kannada_MNIST_train-idx1-ubyte.gz", FileRole.TRAIN_LABELS, true);
    writeAs("X_kannada_MNIST_test-idx3-ubyte.gz", FileRole.TEST_IMAGES, true);
    writeAs("y_kannada_MNIST_test-idx1-ubyte.gz", FileRole.TEST_LABELS, true);
    assertEquals(80, read(folder).train().size());
  }

  /** Labels as QMNIST has them: eight numbers of 32 bits each. */
  private static byte[] table(byte[] labels) {
    int rows = labels.length - 8;
    ByteBuffer numbers = ByteBuffer.allocate(rows * 8 * 4);
    for (int row = 0; row < rows; row++) {
      numbers.putInt(labels[8 + row]);
      for (int column = 1; column < 8; column++) {
        numbers.putInt(row * 1000 + column);
      }
    }
    return IdxFixture.idx(numbers.array(), 0xc02, rows, 8);
  }

  @Test
  void aFolderLooksLikeOneByNamesAndContent() throws Exception {
    assertFalse(IdxFiles.areIn(folder.resolve("none")));
    assertFalse(IdxFiles.areIn(folder));
    Files.writeString(folder.resolve("train-images-idx3-ubyte"), "hello");
    Files.write(folder.resolve("a.idx"), ROWS.get(FileRole.TRAIN_IMAGES));
    assertFalse(IdxFiles.areIn(folder));
    Path around = Files.createDirectory(folder.resolve("t10k-labels-idx1-ubyte"));
    Files.write(around.resolve("t10k-labels-idx1-ubyte"), ROWS.get(FileRole.TEST_LABELS));
    assertTrue(IdxFiles.areIn(folder));
    Path gzipped = Files.createDirectory(directory.resolve("gzipped"));
    Files.write(
        gzipped.resolve("x-test-labels-idx2-int.gz"),
        IdxFixture.gzip(table(ROWS.get(FileRole.TEST_LABELS))));
    assertTrue(IdxFiles.areIn(gzipped));
  }

  @Test
  void filesChosenElsewhereMayHaveAnyName() throws Exception {
    Map<FileRole, FileEntry> files = new EnumMap<>(FileRole.class);
    for (FileRole role : FileRole.values()) {
      Path file = Files.write(folder.resolve("file " + files.size()), ROWS.get(role));
      files.put(role, DiskFile.of(file));
    }
    Dataset dataset = IdxFolder.read(IdxFiles.in(folder), files, FetchListener.SILENT);
    assertEquals(read(IdxFixture.write(folder, ROWS)).contentSha256(), dataset.contentSha256());
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
    assertRefused(file + ":3: expected a name of its own, found ''");
    classes("a\nb\nc\nd\ne\na\ng\nh\n");
    assertRefused(file + ":6: expected a name of its own, found 'a' again");
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
              + ":4: expected a name of up to 1,000 characters and no control characters");
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
