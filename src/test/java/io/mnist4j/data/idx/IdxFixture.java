package io.mnist4j.data.idx;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** IDX files made up for tests. */
public final class IdxFixture {
  /** 200 + 50 images of 12x10 that gzip cannot shrink much, in 3 classes. */
  public static final Map<FileRole, byte[]> TINY = tiny(1);

  private IdxFixture() {}

  public static ImageSet readImageSet(Path images, Path labels) throws DataException {
    return IdxReader.join(
        IdxReader.read(images, IdxKind.IMAGES), IdxReader.read(labels, IdxKind.LABELS));
  }

  public static Map<FileRole, byte[]> tiny(long seed) {
    Random random = new Random(seed);
    Map<FileRole, byte[]> files = new TreeMap<>();
    files.put(FileRole.TRAIN_IMAGES, images(200, 12, 10, random));
    files.put(FileRole.TRAIN_LABELS, labels(200, 3, random));
    files.put(FileRole.TEST_IMAGES, images(50, 12, 10, random));
    files.put(FileRole.TEST_LABELS, labels(50, 3, random));
    return files;
  }

  /** An entry that the files belong to. */
  public static CatalogueEntry entry(String name, Map<FileRole, byte[]> files, String... mirrors) {
    return CatalogueEntry.of(
        name,
        "made up",
        List.of("a", "b", "c"),
        200,
        50,
        files.entrySet().stream()
            .map(
                file ->
                    CatalogueFile.ofContent(
                        file.getKey(), sha256(file.getValue()), file.getValue().length))
            .toList(),
        List.of(mirrors));
  }

  /** The files of a data set whose class is the row with most ink; labels run through them all. */
  public static Map<FileRole, byte[]> rows(int train, int test, int classes, int width) {
    Map<FileRole, byte[]> files = new TreeMap<>();
    files.put(FileRole.TRAIN_IMAGES, rowImages(train, classes, width, new Random(1)));
    files.put(FileRole.TRAIN_LABELS, idx(rowLabels(train, classes), 0x00000801, train));
    files.put(FileRole.TEST_IMAGES, rowImages(test, classes, width, new Random(2)));
    files.put(FileRole.TEST_LABELS, idx(rowLabels(test, classes), 0x00000801, test));
    return files;
  }

  /** Puts files under their standard names into a folder, which is made. */
  public static Path write(Path folder, Map<FileRole, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<FileRole, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey().fileName()), file.getValue());
    }
    return folder;
  }

  private static byte[] rowImages(int count, int classes, int width, Random random) {
    byte[] pixels = new byte[count * classes * width];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (classes * width);
      int row = i / width % classes;
      pixels[i] = (byte) (random.nextInt(100) + (row == image % classes ? 150 : 0));
    }
    return idx(pixels, 0x00000803, count, classes, width);
  }

  private static byte[] rowLabels(int count, int classes) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return labels;
  }

  static byte[] images(int count, int height, int width, Random random) {
    byte[] pixels = new byte[count * height * width];
    random.nextBytes(pixels);
    return idx(pixels, 0x00000803, count, height, width);
  }

  static byte[] labels(int count, int classes, Random random) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(classes);
    }
    return idx(labels, 0x00000801, count);
  }

  /** A file with this header and content, which may contradict each other. */
  public static byte[] idx(byte[] content, int magic, int... dimensions) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + content.length);
    file.putInt(magic);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(content).array();
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
