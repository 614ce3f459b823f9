package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.data.imagefolder.PictureFolder;
import io.mnist4j.data.npy.NpyFixture;
import io.mnist4j.data.parquet.ParquetFixture;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.errors.DataException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three images of 2 x 2 pixels, to be predicted, in every form. */
class FileImagesTest {
  private static final int COUNT = 3;
  private static final int PIXELS = 4;
  private static final byte[] ALL = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110};

  @TempDir Path directory;
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> found = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private List<byte[]> pngs;

  @BeforeEach
  void drawPictures() throws Exception {
    PictureFolder folder = new PictureFolder(directory.resolve("pictures"));
    pngs = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      folder.add("%d.png".formatted(i), 2, 2, image(i));
      pngs.add(Files.readAllBytes(folder.path().resolve(i + ".png")));
    }
  }

  private static byte[] image(int i) {
    return Arrays.copyOfRange(ALL, i * PIXELS, (i + 1) * PIXELS);
  }

  private final class Collected implements FileImages.ImageSink {
    @Override
    public void onPicture(String name, Picture picture) {
      names.add(name);
      byte[] grey = new byte[PIXELS];
      for (int i = 0; i < grey.length; i++) {
        grey[i] = (byte) picture.argb(i / 2, i % 2);
      }
      found.add(grey);
    }

    @Override
    public void onTable(ImageTable table) {
      for (GreyImage image : table.images(0, table.count())) {
        names.add(table.source());
        found.add(image.pixels());
      }
    }

    @Override
    public void onUnreadable(DataException e) {
      unreadable.add(e.getMessage());
    }
  }

  private void read(Path file) throws Exception {
    names.clear();
    found.clear();
    unreadable.clear();
    FileImages.read(file, new ImageSize(2, 2), new Collected());
  }

  private Path write(String name, byte[] content) throws Exception {
    return Files.write(directory.resolve(name), content);
  }

  private void assertAll(Path file) throws Exception {
    read(file);
    assertEquals(COUNT, found.size(), names.toString());
    for (int i = 0; i < COUNT; i++) {
      assertArrayEquals(image(i), found.get(i), names.get(i));
    }
    assertEquals(List.of(), unreadable);
  }

  private void assertRefused(Path file, String part) {
    String message = assertThrows(DataException.class, () -> read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(part), message);
  }

  private static byte[] npy() {
    return NpyFixture.bytes(ALL, COUNT, 2, 2);
  }

  private static byte[] labels() {
    return NpyFixture.bytes(new byte[] {1, 2, 3}, COUNT);
  }

  @Test
  void arrays() throws Exception {
    assertAll(write("whatever.npy", npy()));
    assertAll(write("rows.npy", NpyFixture.bytes(ALL, COUNT, 4)));
    assertAll(write("kannada.npz", NpyFixture.npz(Map.of("arr_0", npy()))));
    Map<String, byte[]> keras = new LinkedHashMap<>();
    keras.put("x_test", npy());
    keras.put("y_test", labels());
    Path file = write("keras.npz", NpyFixture.npz(keras));
    assertAll(file);
    assertEquals(file + ": x_test", names.get(0));
    keras.put("x_train", npy());
    read(write("both.npz", NpyFixture.npz(keras)));
    assertEquals(2 * COUNT, found.size());
    assertRefused(
        write("two.npz", NpyFixture.npz(Map.of("a", npy(), "b", npy()))), "arrays of images");
    assertRefused(write("labels.npy", labels()), "expected images");
    assertRefused(
        write("large.npy", NpyFixture.bytes(ALL, 1, 3, 4)),
        "expected images of 2x2, as the model takes them, found 3x4");
  }

  @Test
  void idxAndTables() throws Exception {
    byte[] idx = IdxFixture.idx(ALL, 0x803, COUNT, 2, 2);
    assertAll(write("t10k-images-idx3-ubyte", idx));
    assertAll(write("t10k-images-idx3-ubyte.gz", IdxFixture.gzip(idx)));
    byte[] turned = {0, 20, 10, 30, 40, 60, 50, 70, 80, 100, 90, 110};
    assertAll(
        write("emnist-digits-test-images-idx3-ubyte", IdxFixture.idx(turned, 0x803, COUNT, 2, 2)));
    assertRefused(write("labels", IdxFixture.idx(new byte[] {1, 2}, 0x801, 2)), "found labels");
    String csv = "label,a,b,c,d\n1,0,10,20,30\n2,40,50,60,70\n0,80,90,100,110\n";
    assertAll(write("train.csv", csv.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void picturesOfParquetFiles() throws Exception {
    Path file = write("test.parquet", ParquetFixture.file(pngs));
    assertAll(file);
    assertEquals(file + ", row 2", names.get(2));
    pngs.set(1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    read(write("damaged.parquet", ParquetFixture.file(pngs)));
    assertEquals(2, found.size());
    assertEquals(1, unreadable.size());
    assertTrue(unreadable.get(0).contains("damaged.parquet, row 1: "), unreadable.get(0));
  }

  @Test
  void archives() throws Exception {
    Path zip = directory.resolve("pictures.zip");
    Path tar = directory.resolve("pictures.tar.gz");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(file);
        OutputStream other = Files.newOutputStream(tar);
        TarArchiveOutputStream tarred = new TarArchiveOutputStream(new GZIPOutputStream(other))) {
      zipped.putNextEntry(new ZipEntry("README.txt"));
      for (int i = 0; i < COUNT; i++) {
        String name = "some/%d.png".formatted(i);
        zipped.putNextEntry(new ZipEntry(name));
        zipped.write(pngs.get(i));
        TarArchiveEntry header = new TarArchiveEntry(name);
        header.setSize(pngs.get(i).length);
        tarred.putArchiveEntry(header);
        tarred.write(pngs.get(i));
        tarred.closeArchiveEntry();
      }
    }
    assertAll(zip);
    assertEquals(zip + ": some/0.png", names.get(0));
    assertAll(tar);
    Path nested = directory.resolve("nested.zip");
    try (ZipOutputStream zipped = new ZipOutputStream(Files.newOutputStream(nested))) {
      zipped.putNextEntry(new ZipEntry("x_test.npy"));
      zipped.write(npy());
      zipped.putNextEntry(new ZipEntry("notes.txt"));
    }
    assertAll(nested);
    Path idx = directory.resolve("idx.zip");
    try (ZipOutputStream zipped = new ZipOutputStream(Files.newOutputStream(idx))) {
      zipped.putNextEntry(new ZipEntry("t10k-labels-idx1-ubyte"));
      zipped.write(IdxFixture.idx(new byte[] {1, 2, 3}, 0x801, COUNT));
      zipped.putNextEntry(new ZipEntry("t10k-images-idx3-ubyte"));
      zipped.write(IdxFixture.idx(ALL, 0x803, COUNT, 2, 2));
    }
    assertAll(idx);
    Path empty = directory.resolve("empty.zip");
    try (ZipOutputStream zipped = new ZipOutputStream(Files.newOutputStream(empty))) {
      zipped.putNextEntry(new ZipEntry("notes.txt"));
    }
    assertRefused(empty, "holds no data set");
  }

  @Test
  void whatIsNoneOfTheseIsNoPicture() throws Exception {
    Path file = directory.resolve("pictures/1.png");
    read(file);
    assertEquals(List.of(file.toString()), names);
    assertArrayEquals(image(1), found.get(0));
    assertRefused(write("notes.txt", "hello".getBytes(StandardCharsets.UTF_8)), "notes.txt: ");
    assertRefused(directory, "is a folder, not a picture");
    assertRefused(directory.resolve("none.png"), "no such file");
  }
}
