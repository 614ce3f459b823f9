package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.idx.IdxWriter;
import io.mnist4j.data.imagefolder.PictureFolder;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.data.npy.NpzWriter;
import io.mnist4j.data.parquet.ParquetFixture;
import io.mnist4j.data.source.FolderTree;
import io.mnist4j.data.tabular.CsvWriter;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same images in every form. */
class DatasetReaderTest {
  private static final int SIDE = 6;
  private static final List<String> CLASSES = List.of("0", "1", "2");

  @TempDir Path directory;
  private Path data;
  private ImageSet train;
  private ImageSet test;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void makeImages() throws Exception {
    data = Files.createDirectory(directory.resolve("own"));
    train = images(40, 1);
    test = images(11, 7);
  }

  private static ImageSet images(int count, int seed) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + seed * (i / 5));
    }
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) ((i + seed) % 3);
    }
    return new ImageSet(SIDE, SIDE, pixels, labels);
  }

  @Test
  void npzWithAllArrays() throws Exception {
    Path file = data.resolve("mnist.npz");
    NpzWriter.write(
        Files.newOutputStream(file),
        Map.of(Part.TRAIN, train, Part.VALIDATION, test, Part.TEST, test));
    DatasetParts parts = read(file);
    assertEquals("mnist-folder", parts.name(), "only what was verified may be called mnist");
    assertSame(parts);
    assertArrayEquals(test.pixels(), parts.parts().get(Part.VALIDATION).pixels());
    assertSame(read(data));
  }

  @Test
  void csvFilesPackedOrNot() throws Exception {
    writeCsv("own_train.csv", train, false);
    writeCsv("own_test.csv.gz", test, true);
    Files.writeString(data.resolve("sample_submission.csv"), "ImageId,Label\n1,0\n2,0\n");
    Files.writeString(data.resolve("README.md"), "# What this is\n\nDigits, drawn by hand.\n");
    assertSame(read(data));
    assertEquals(List.of(), notes);
  }

  @Test
  void aTestFileWithoutLabelsIsLeftOutAndSomeAreSplitOff() throws Exception {
    writeCsv("train.csv", train, false);
    String unlabelled =
        Files.readString(data.resolve("train.csv")).replaceAll("(?m)^[^,]+,", "").strip();
    Files.writeString(data.resolve("test.csv"), unlabelled + "\n");
    DatasetParts parts = read(data);
    assertEquals(List.of(Part.TRAIN), List.copyOf(parts.parts().keySet()));
    assertEquals(
        List.of(data.resolve("test.csv") + ": its images have no labels, and are left out"), notes);
    var dataset = DatasetAssembly.of(parts, 0.2, notes::add);
    assertEquals(32, dataset.train().size());
    assertEquals(8, dataset.test().size());
    assertEquals(
        dataset.contentSha256(), DatasetAssembly.of(read(data), 0.2, notes::add).contentSha256());
  }

  @Test
  void arffAndLibsvm() throws Exception {
    Files.writeString(data.resolve("train.arff"), arff(train));
    Files.writeString(data.resolve("test.arff"), arff(test));
    assertSame(read(data));
    Files.delete(data.resolve("train.arff"));
    Files.delete(data.resolve("test.arff"));
    Files.writeString(data.resolve("own.scale"), libsvm(train));
    Files.writeString(data.resolve("own.scale.t"), libsvm(test));
    assertSame(read(data));
  }

  @Test
  void picturesInFoldersAndArchives() throws Exception {
    writePictures(new PictureFolder(data), "");
    DatasetParts folder = read(data);
    assertSame(folder);
    assertEquals(40, folder.files().get(Part.TRAIN).size());
    Path zip = directory.resolve("own.zip");
    Path tar = directory.resolve("own.tar.gz");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(file);
        OutputStream other = Files.newOutputStream(tar);
        TarArchiveOutputStream tarred = new TarArchiveOutputStream(new GZIPOutputStream(other))) {
      for (var entry : new FolderTree(data).entries()) {
        byte[] content = Files.readAllBytes(entry.path().orElseThrow());
        zipped.putNextEntry(new ZipEntry("own/" + entry.name()));
        zipped.write(content);
        TarArchiveEntry header = new TarArchiveEntry("./own/" + entry.name());
        header.setSize(content.length);
        tarred.putArchiveEntry(header);
        tarred.write(content);
        tarred.closeArchiveEntry();
      }
    }
    assertSame(read(zip));
    assertEquals("own", read(zip).name());
    assertSame(read(tar));
    assertEquals("own", read(tar).name());
    byte[] cut = Files.readAllBytes(tar);
    Files.write(tar, Arrays.copyOf(cut, cut.length / 2));
    assertRefused(tar, "own.tar.gz: a damaged tar archive: ");
  }

  @Test
  void manyPicturesAreKeptUntilTheyChange() throws Exception {
    PictureFolder pictures = new PictureFolder(data);
    for (int i = 0; i < 1_000; i++) {
      pictures.add((i % 2) + "/" + i + ".png", 1, 2, i);
    }
    Path cache = directory.resolve("cache");
    ReadingOptions options =
        new ReadingOptions(PictureForm.AS_IS, Optional.empty(), "auto", Optional.of(cache));
    DatasetParts first = DatasetReader.read(data, options, FetchListener.SILENT);
    Path kept = onlyFile(cache);
    Path picture = data.resolve("1/1.png");
    FileTime time = Files.getLastModifiedTime(picture);
    long length = Files.size(picture);

    // Changed behind its back: what was kept is used.
    pictures.add("1/1.png", 1, 2, 201);
    assertEquals(length, Files.size(picture));
    Files.setLastModifiedTime(picture, time);
    DatasetParts again = DatasetReader.read(data, options, FetchListener.SILENT);
    assertArrayEquals(first.first().pixels(), again.first().pixels());
    assertArrayEquals(first.first().labels(), again.first().labels());
    assertEquals(first.files(), again.files());
    assertEquals(first.classNames(), again.classNames());
    assertEquals(first.form(), again.form());

    // Damaged: decoded anew.
    byte[] whole = Files.readAllBytes(kept);
    for (int at : new int[] {0, 30, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(kept, damaged);
      assertEquals((byte) 201, secondPicture(options));
    }
    Files.write(kept, whole);
    assertEquals(1, secondPicture(options), "as it was kept first");
    Files.setLastModifiedTime(picture, FileTime.fromMillis(time.toMillis() + 5_000));
    assertEquals((byte) 201, secondPicture(options), "a file that was written anew is seen");
  }

  @Test
  void manyPicturesOfParquetFilesAreKeptToo() throws Exception {
    PictureFolder pictures = new PictureFolder(directory.resolve("pictures"));
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      pictures.add("one.png", 1, 2, i);
      contents.add(Files.readAllBytes(pictures.path().resolve("one.png")));
    }
    Path file = Files.write(data.resolve("train.parquet"), ParquetFixture.file(contents));
    FileTime time = Files.getLastModifiedTime(file);
    Path cache = directory.resolve("cache");
    ReadingOptions options =
        new ReadingOptions(PictureForm.AS_IS, Optional.empty(), "auto", Optional.of(cache));
    DatasetParts first = DatasetReader.read(file, options, FetchListener.SILENT);
    onlyFile(cache);

    // Changed behind its back: what was kept is used.
    Collections.reverse(contents);
    Files.write(file, ParquetFixture.file(contents));
    Files.setLastModifiedTime(file, time);
    DatasetParts again = DatasetReader.read(file, options, FetchListener.SILENT);
    assertArrayEquals(first.first().pixels(), again.first().pixels());
    assertArrayEquals(first.first().labels(), again.first().labels());

    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5_000));
    DatasetParts changed = DatasetReader.read(file, options, FetchListener.SILENT);
    assertEquals(first.first().pixels()[0], changed.first().pixels()[2 * 999]);
  }

  private byte secondPicture(ReadingOptions options) throws Exception {
    return DatasetReader.read(data, options, FetchListener.SILENT).first().pixels()[2];
  }

  private static Path onlyFile(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }

  @Test
  void picturesThatATableNames() throws Exception {
    PictureFolder pictures = new PictureFolder(data);
    StringBuilder trainTable = new StringBuilder("id,image,label\n");
    StringBuilder testTable = new StringBuilder();
    for (int i = 0; i < train.size(); i++) {
      pictures.add("images/" + i + ".png", SIDE, SIDE, pixels(train, i));
      trainTable
          .append(i)
          .append(",")
          .append(i)
          .append(".png,")
          .append(train.label(i))
          .append('\n');
    }
    for (int i = 0; i < test.size(); i++) {
      pictures.add("images/t" + i + ".png", SIDE, SIDE, pixels(test, i));
      testTable.append("images/t").append(i).append(".png,").append(test.label(i)).append('\n');
    }
    pictures.text("train.csv", trainTable.toString()).text("test.csv", testTable.toString());
    assertEquals(List.of("0", "1", "2"), read(data).classNames());
    // Not sorted by class, so the folder around them is not taken for one.
    assertSame(read(data));
    pictures.text("test.csv", testTable + "images/none.png,1\n");
    assertRefused(data, "test.csv:12: there is no picture images/none.png in ");
    pictures.text("test.csv", testTable + "images/1.png\n");
    assertRefused(data, "test.csv:12: expected a picture and its label, found images/1.png");
    pictures.text("test.csv", testTable.toString());
    pictures.text("train.csv", "id,image,what\n1,1.png,2\n");
    assertRefused(
        data, "train.csv:1: expected a column of labels called label, found id, image, what");
  }

  @Test
  void classNamesOfAFileBeside() throws Exception {
    writeCsv("train.csv", train, false);
    writeCsv("test.csv", test, false);
    Files.writeString(data.resolve("classes.txt"), "zero\none\ntwo\n");
    assertEquals(List.of("zero", "one", "two"), read(data).classNames());
    assertEquals(List.of("zero", "one", "two"), read(data.resolve("train.csv")).classNames());
    Files.writeString(data.resolve("classes.txt"), "zero\none\n");
    assertRefused(data, "expected 3 names of classes, found 2");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws Exception {
    writeCsv("train.csv", train, false);
    writeCsv("test.csv", new ImageSet(4, 4, new byte[32], new byte[2]), false);
    assertRefused(data, "test.csv: expected images of 6x6 as in ", "train.csv, found 4x4");
    String named = "label" + ",p".repeat(36) + "\n" + "cat" + ",7".repeat(36) + "\n";
    Files.writeString(data.resolve("test.csv"), named);
    assertRefused(data, "test.csv: expected labels that are numbers as in ", "found names");
  }

  @Test
  void whatIsNoDataSetIsRefused() throws Exception {
    assertRefused(directory.resolve("none"), "none: no such folder or file");
    assertRefused(data, "own: holds no data set; understood are pictures in folders of classes, ");
    Files.writeString(data.resolve("README.md"), "# Nothing\n");
    assertRefused(data, "own: holds no data set");
    assertRefused(data.resolve("README.md"), "README.md: holds no data set");
    Path home = Files.createDirectory(directory.resolve("home"));
    for (int i = 0; i <= 2_000; i++) {
      Files.createFile(home.resolve("note" + i));
    }
    assertRefused(home, "home: holds 2001 files that are no pictures; name the folder of one");
    new PictureFolder(data).add("1.png", 2, 2, 1);
    assertRefused(data.resolve("1.png"), "1.png: a single picture; name the folder that holds the");
    Path images = data.resolve("images-idx3-ubyte");
    try (OutputStream out = Files.newOutputStream(images)) {
      IdxWriter.writeImages(train, out);
    }
    Path archive = directory.resolve("idx.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("train-images-idx3-ubyte"));
      zip.write(Files.readAllBytes(images));
    }
    assertRefused(archive, "idx.zip: not a complete data set: missing train-labels-idx1-ubyte");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("pictures"));
      zip.write(Files.readAllBytes(images));
    }
    assertRefused(archive, "idx.zip: holds IDX files, such as pictures, but none with a name of");
    assertRefused(
        images, "one of the files of an IDX data set; name the folder that holds all four");
  }

  /** As Kaggle has MNIST: some files lie in folders of their own names. */
  @Test
  void idxFilesOfAnArchive() throws Exception {
    Path archive = directory.resolve("archive.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String prefix : List.of("train", "t10k")) {
        ImageSet images = prefix.equals("train") ? train : test;
        zip.putNextEntry(
            new ZipEntry("mnist/%1$s-images-idx3-ubyte/%1$s-images-idx3-ubyte".formatted(prefix)));
        IdxWriter.writeImages(images, zip);
        zip.putNextEntry(new ZipEntry("mnist/%s-labels.idx1-ubyte".formatted(prefix)));
        IdxWriter.writeLabels(images, zip);
      }
      zip.putNextEntry(new ZipEntry("mnist/classes.txt"));
      zip.write("0\n1\n2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertSame(read(archive));
    assertEquals("archive", read(archive).name());
    Path two = directory.resolve("two.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(two))) {
      for (String folder : List.of("a", "b")) {
        zip.putNextEntry(new ZipEntry(folder + "/train-images-idx3-ubyte"));
        IdxWriter.writeImages(train, zip);
      }
    }
    assertRefused(two, "two.zip: expected one data set of IDX files, found some in a and in b;");
    byte[] whole = Files.readAllBytes(archive);
    // Within the content of the first entry, whose name ends at byte 85.
    whole[120] ^= 1;
    Files.write(archive, whole);
    String message = assertThrows(DataException.class, () -> read(archive)).getMessage();
    assertTrue(message.contains("archive.zip: mnist/train-images-idx3-ubyte/"), message);
  }

  private void writeCsv(String name, ImageSet images, boolean gzip) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    CsvWriter.write(images, CLASSES, text);
    try (OutputStream file = Files.newOutputStream(data.resolve(name));
        OutputStream out = gzip ? new GZIPOutputStream(file) : file) {
      out.write(text.toByteArray());
    }
  }

  private static String arff(ImageSet images) {
    StringBuilder text = new StringBuilder("@relation own\n");
    for (int i = 0; i < SIDE * SIDE; i++) {
      text.append("@attribute pixel").append(i).append(" numeric\n");
    }
    text.append("@attribute class {0,1,2}\n@data\n");
    for (int i = 0; i < images.size(); i++) {
      for (byte pixel : pixels(images, i)) {
        text.append(Byte.toUnsignedInt(pixel)).append(',');
      }
      text.append(images.label(i)).append('\n');
    }
    return text.toString();
  }

  private static String libsvm(ImageSet images) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < images.size(); i++) {
      text.append(images.label(i));
      byte[] pixels = pixels(images, i);
      for (int j = 0; j < pixels.length; j++) {
        if (pixels[j] != 0) {
          text.append(String.format(Locale.ROOT, " %d:%.7g", j + 1, (pixels[j] & 0xff) / 255.0));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private void writePictures(PictureFolder pictures, String folder) {
    for (int i = 0; i < train.size(); i++) {
      pictures.add(
          folder + "train/" + train.label(i) + "/" + i + ".png", SIDE, SIDE, pixels(train, i));
    }
    for (int i = 0; i < test.size(); i++) {
      pictures.add(
          folder + "test/" + test.label(i) + "/" + i + ".png", SIDE, SIDE, pixels(test, i));
    }
  }

  private static byte[] pixels(ImageSet images, int index) {
    int length = images.pixelsPerImage();
    return Arrays.copyOfRange(images.pixels(), index * length, (index + 1) * length);
  }

  private void assertSame(DatasetParts parts) {
    assertEquals(CLASSES, parts.classNames());
    assertArrayEquals(train.pixels(), parts.parts().get(Part.TRAIN).pixels());
    assertArrayEquals(train.labels(), parts.parts().get(Part.TRAIN).labels());
    assertArrayEquals(test.pixels(), parts.parts().get(Part.TEST).pixels());
    assertArrayEquals(test.labels(), parts.parts().get(Part.TEST).labels());
  }

  private DatasetParts read(Path path) throws Exception {
    notes.clear();
    FetchListener listener =
        new FetchListener() {
          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    ReadingOptions options =
        new ReadingOptions(PictureForm.AS_IS, Optional.empty(), "auto", Optional.empty());
    return DatasetReader.read(path, options, listener);
  }

  private void assertRefused(Path path, String... expected) {
    String message = assertThrows(DataException.class, () -> read(path)).getMessage();
    for (String part : expected) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(1, message.lines().count(), message);
  }
}
