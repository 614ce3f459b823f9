package io.mnist4j.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** IDX files that do not have the form of MNIST's own. */
class IdxFormsTest {
  private static final byte[] PIXELS = {0, 1, 2, 127, (byte) 128, (byte) 255, 6, 7};
  private static final byte[] BYTES = IdxFixture.idx(PIXELS, 0x803, 2, 2, 2);
  private static final byte[] LABELS = IdxFixture.idx(new byte[] {7, (byte) 200}, 0x801, 2);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"INT16", "INT32", "FLOAT32", "FLOAT64"})
  void pixelsOfEveryTypeAreThoseOfBytes(IdxElement type) throws Exception {
    double[] values = new double[PIXELS.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(PIXELS[i]);
    }
    IdxContent read = images(idx(type, values, 2, 2, 2));
    assertArrayEquals(PIXELS, read.payload);
    assertEquals(IdxFixture.sha256(BYTES), read.sha256, "hashed as the file of bytes is");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void fractionsAreMultipliedAndOnesAmongWholeNumbersAreNot(IdxElement type) throws Exception {
    double[] values = new double[256];
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      values[i] = i / 255.0;
      all[i] = (byte) i;
    }
    assertArrayEquals(all, images(idx(type, values, 1, 16, 16)).payload);
    byte[] grey =
        images(idx(type, new double[] {0, 1, 0.4999, 0.5, 1, 254.6, 0.2, 255}, 2, 4)).payload;
    assertArrayEquals(new byte[] {0, 1, 0, 1, 1, (byte) 255, 0, (byte) 255}, grey);
    assertArrayEquals(
        new byte[] {0, (byte) 255, (byte) 255, 0},
        images(idx(type, new double[] {0, 1, 1, 0}, 1, 4)).payload);
  }

  @Test
  void fractionsInFilesOfManySlicesAreTakenBack() throws Exception {
    double[] values = new double[50_000];
    values[1] = 1;
    values[2] = 0.25;
    values[49_999] = 3;
    byte[] read = images(idx(IdxElement.FLOAT64, values, 500, 10, 10)).payload;
    assertEquals(1, read[1]);
    assertEquals(0, read[2]);
    assertEquals(3, read[49_999]);
  }

  @Test
  void channelsAndFlatRowsAreImages() throws Exception {
    for (int[] sizes : new int[][] {{2, 2, 2, 1}, {2, 1, 2, 2}, {2, 4}}) {
      IdxContent read = images(IdxFixture.idx(PIXELS, 0x800 | sizes.length, sizes));
      assertArrayEquals(new int[] {2, 2, 2}, read.dimensions);
      assertArrayEquals(PIXELS, read.payload);
      assertEquals(IdxFixture.sha256(BYTES), read.sha256);
    }
    refusesImages(
        "expected grey images, [n, height, width, 1] or [n, 1, height, width], found 1x2x2x2",
        IdxFixture.idx(PIXELS, 0x804, 1, 2, 2, 2));
    refusesImages(
        "expected rows that are square images, such as 784 for 28x28, found rows of 8",
        IdxFixture.idx(PIXELS, 0x802, 1, 8));
  }

  @Test
  void pixelsOutOfRangeAreNamed() throws Exception {
    refusesImages(
        "image 1, row 0, column 1: expected a pixel of 0 to 255, found 256",
        idx(IdxElement.INT16, new double[] {0, 1, 2, 3, 4, 256, 0, 0}, 2, 2, 2));
    refusesImages(
        "image 0, row 0, column 3: expected a pixel of 0 to 255, found -128",
        IdxFixture.idx(new byte[] {0, 0, 0, -128}, 0x903, 1, 1, 4));
    refusesImages(
        "image 0, row 0, column 0: expected a pixel of 0 to 255, or 0 to 1, found NaN",
        idx(IdxElement.FLOAT32, new double[] {Double.NaN}, 1, 1, 1));
    refusesImages(
        "image 0, row 1, column 0: expected a pixel of 0 to 255, or 0 to 1, found -0.5",
        idx(IdxElement.FLOAT64, new double[] {0, 1, -0.5, 1}, 1, 2, 2));
    refusesImages(
        "expected pixels of 0 to 255, or of 0 to 1, found 0 to 1.25",
        idx(IdxElement.FLOAT64, new double[] {0, 1.25, 0.5, 1}, 1, 2, 2));
  }

  @ParameterizedTest
  @EnumSource(names = "INT8", mode = EnumSource.Mode.EXCLUDE)
  void labelsMayBeOfEveryTypeAndATable(IdxElement type) throws Exception {
    assertArrayEquals(
        new byte[] {7, (byte) 200}, labels(idx(type, new double[] {7, 200}, 2)).payload);
    IdxContent table = labels(idx(type, new double[] {7, 9, 1, 200, 9, 0}, 2, 3));
    assertArrayEquals(new byte[] {7, (byte) 200}, table.payload);
    assertEquals(IdxFixture.sha256(LABELS), table.sha256);
    assertArrayEquals(new byte[] {1, 0}, labels(idx(type, new double[] {1, 0}, 2, 1)).payload);
    assertArrayEquals(
        new byte[] {2, 0, 1},
        labels(idx(type, new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, 3, 3)).payload,
        "one-hot");
    assertArrayEquals(
        new byte[] {0, 1, 0},
        labels(idx(type, new double[] {0, 0, 1, 1, 0, 0, 0, 1, 1}, 3, 3)).payload,
        "not one-hot");
  }

  @Test
  void labelsThatAreNoneAreNamed() throws Exception {
    refusesLabels(
        "label 1: expected a whole number of 0 to 255, found -1",
        IdxFixture.idx(new byte[] {0, -1}, 0x901, 2));
    refusesLabels(
        "label 0: expected a whole number of 0 to 255, found 256",
        idx(IdxElement.INT32, new double[] {256, 0, 3, 4}, 2, 2));
    refusesLabels(
        "label 1: expected a whole number of 0 to 255, found 0.5",
        idx(IdxElement.FLOAT32, new double[] {1, 0.5}, 2));
    refusesLabels(
        "label 0: expected a whole number of 0 to 255, found Infinity",
        idx(IdxElement.FLOAT64, new double[] {Double.POSITIVE_INFINITY}, 1));
  }

  @Test
  void otherHeadersAreRefused() throws Exception {
    refusesImages(
        "not an IDX file of images: expected magic number 0x00000803, found 0x00000a03",
        IdxFixture.idx(PIXELS, 0xa03, 2, 2, 2));
    refusesImages(
        "not an IDX file of images: expected magic number 0x00000803, found 0x00000800",
        IdxFixture.idx(PIXELS, 0x800));
    refusesImages(
        "expected 2 to 4 dimensions of images, found 5",
        IdxFixture.idx(PIXELS, 0x805, 2, 2, 2, 1, 1));
    refusesLabels(
        "expected labels (magic number 0x00000801), found images (0x00000d03): are two files"
            + " swapped?",
        idx(IdxElement.FLOAT32, new double[8], 2, 2, 2));
  }

  @Test
  void lengthsAreThoseOfTheElements() throws Exception {
    byte[] file = idx(IdxElement.INT32, new double[8], 2, 2, 2);
    byte[] shorter = Arrays.copyOf(file, file.length - 3);
    refusesImages("wrong length: expected 48 bytes as its header says, found 45", shorter);
    refusesImages(
        "wrong length: expected 48 bytes as its header says, found 45", IdxFixture.gzip(shorter));
    refusesImages(
        "wrong length: expected 48 bytes as its header says, found more",
        IdxFixture.gzip(Arrays.copyOf(file, file.length + 1)));
    refusesImages(
        "absurd dimensions: expected 1 to 2147483639 elements of content, found a header that says"
            + " 65536x65536",
        IdxFixture.idx(PIXELS, 0xd02, 65_536, 65_536));
    byte[] promises = IdxFixture.gzip(IdxFixture.idx(PIXELS, 0xe03, 20_000, 100, 100));
    refusesImages(
        "wrong length: expected 1600000016 bytes as its header says, found a gzip file of %d bytes,"
                .formatted(promises.length)
            + " which cannot hold them",
        promises);
  }

  @Test
  void knowsAnIdxFileByItsFirstBytes() throws Exception {
    assertTrue(isIdx(write(BYTES)));
    assertTrue(isIdx(write(IdxFixture.gzip(LABELS))));
    assertTrue(isIdx(write(new byte[] {0, 0, 0xd, 2})));
    assertFalse(isIdx(write(new byte[] {0, 0, 0xa, 2})));
    assertFalse(isIdx(write(new byte[] {0, 0, 8})));
    assertFalse(isIdx(write(IdxFixture.gzip(PIXELS))));
    assertFalse(isIdx(folder));
  }

  @Test
  void writesWhatItReads() throws Exception {
    byte[] images = IdxFixture.images(30, 5, 4, new Random(1));
    byte[] labels = IdxFixture.labels(30, 9, new Random(2));
    ImageSet set =
        IdxFixture.readImageSet(
            Files.write(folder.resolve("i"), images), Files.write(folder.resolve("l"), labels));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IdxWriter.writeImages(set, out);
    assertArrayEquals(images, out.toByteArray());
    out.reset();
    IdxWriter.writeLabels(set, out);
    assertArrayEquals(labels, out.toByteArray());
  }

  private static byte[] idx(IdxElement type, double[] values, int... sizes) {
    ByteBuffer content = ByteBuffer.allocate(values.length * type.bytes);
    for (double value : values) {
      switch (type) {
        case UINT8, INT8 -> content.put((byte) value);
        case INT16 -> content.putShort((short) value);
        case INT32 -> content.putInt((int) value);
        case FLOAT32 -> content.putFloat((float) value);
        case FLOAT64 -> content.putDouble(value);
      }
    }
    return IdxFixture.idx(content.array(), (type.code << 8) | sizes.length, sizes);
  }

  private IdxContent images(byte[] content) throws IOException, DataException {
    return IdxReader.read(write(IdxFixture.gzip(content)), IdxKind.IMAGES);
  }

  private IdxContent labels(byte[] content) throws IOException, DataException {
    return IdxReader.read(write(content), IdxKind.LABELS);
  }

  private void refusesImages(String complaint, byte[] content) throws IOException {
    refuses(complaint, content, IdxKind.IMAGES);
  }

  private void refusesLabels(String complaint, byte[] content) throws IOException {
    refuses(complaint, content, IdxKind.LABELS);
  }

  private void refuses(String complaint, byte[] content, IdxKind kind) throws IOException {
    Path file = write(content);
    DataException e = assertThrows(DataException.class, () -> IdxReader.read(file, kind));
    assertEquals(file + ": " + complaint, e.getMessage());
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  private static boolean isIdx(Path file) {
    return IdxReader.isIdx(new DiskFile(file, file.getFileName().toString(), -1));
  }
}
