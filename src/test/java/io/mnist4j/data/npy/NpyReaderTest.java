package io.mnist4j.data.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.errors.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
  private static final byte[] PIXELS = {0, 1, 2, 3, 4, (byte) 255, 6, 7};
  private static final double[] VALUES = {0, 1, 2, 3, 4, 255, 6, 7};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8",
        "<f4", ">f4", "<f8", ">f8"
      })
  void pixelsOfEachType(String descr) throws Exception {
    byte[] images =
        NpyFixture.npyOf(NpyFixture.header(descr, 2, 2, 2), NpyFixture.numbers(descr, VALUES));
    assertArrayEquals(PIXELS, images(images).pixels());
  }

  @Test
  void signedBytesAndBooleans() throws Exception {
    byte[] signed = NpyFixture.npyOf(NpyFixture.header("|i1", 1, 1, 2), new byte[] {0, 127});
    assertArrayEquals(new byte[] {0, 127}, images(signed).pixels());
    byte[] bool = NpyFixture.npyOf(NpyFixture.header("|b1", 1, 1, 2), new byte[] {0, 1});
    assertArrayEquals(new byte[] {0, (byte) 255}, images(bool).pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void versions(int major) throws Exception {
    byte[] images = NpyFixture.npyOf(major, NpyFixture.header("|u1", 2, 2, 2), PIXELS);
    assertArrayEquals(PIXELS, images(images).pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f4", "<f8"})
  void dividedBy255ComesBackExactly(String descr) throws Exception {
    double[] tones = IntStream.range(0, 256).mapToDouble(i -> i / 255.0).toArray();
    float[] floats = new float[256];
    for (int i = 0; i < 256; i++) {
      floats[i] = i / 255f;
    }
    double[] values =
        descr.equals("<f8") ? tones : IntStream.range(0, 256).mapToDouble(i -> floats[i]).toArray();
    byte[] images =
        NpyFixture.npyOf(NpyFixture.header(descr, 1, 16, 16), NpyFixture.numbers(descr, values));
    byte[] expected = new byte[256];
    for (int i = 0; i < 256; i++) {
      expected[i] = (byte) i;
    }
    assertArrayEquals(expected, images(images).pixels());
  }

  /** The values are converted some thousand at a time, the first of them as if from 0 to 1. */
  @Test
  void floatsOfWhichOnlyTheLastIsGreaterThanOne() throws Exception {
    double[] values = new double[100_000];
    Arrays.setAll(values, i -> (i % 11) / 10.0);
    values[values.length - 1] = 200.4;
    byte[] images =
        NpyFixture.npyOf(NpyFixture.header("<f8", 10, 100, 100), NpyFixture.numbers("<f8", values));
    byte[] expected = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      expected[i] = (byte) Math.round(values[i]);
    }
    assertArrayEquals(expected, images(images).pixels());
  }

  @Test
  void halfPrecision() {
    assertEquals(1.0, NpyType.ofHalf((short) 0x3c00));
    assertEquals(-2.0, NpyType.ofHalf((short) 0xc000));
    assertEquals(65504.0, NpyType.ofHalf((short) 0x7bff));
    assertEquals(0x1p-24, NpyType.ofHalf((short) 1));
    assertEquals(Double.POSITIVE_INFINITY, NpyType.ofHalf((short) 0x7c00));
    assertEquals(Double.NaN, NpyType.ofHalf((short) 0x7e00));
  }

  @Test
  void halfPrecisionOfDividedTonesComesBack() throws Exception {
    // 0, 51/255 = 0.2, 102/255 = 0.4, 1 in binary16.
    ByteBuffer halves = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    halves.putShort((short) 0).putShort((short) 0x3266).putShort((short) 0x3666);
    halves.putShort((short) 0x3c00);
    byte[] images = NpyFixture.npyOf(NpyFixture.header("<f2", 1, 2, 2), halves.array());
    assertArrayEquals(new byte[] {0, 51, 102, (byte) 255}, images(images).pixels());
  }

  @Test
  void fortranOrder() throws Exception {
    int count = 150;
    byte[] rows = new byte[count * 2 * 3];
    byte[] columns = new byte[rows.length];
    for (int i = 0; i < count; i++) {
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 3; x++) {
          byte value = (byte) (i * 31 + y * 7 + x);
          rows[(i * 2 + y) * 3 + x] = value;
          columns[i + count * (y + 2 * x)] = value;
        }
      }
    }
    byte[] images = NpyFixture.npyOf(NpyFixture.header("|u1", true, count, 2, 3), columns);
    Samples samples = images(images);
    assertArrayEquals(rows, samples.pixels());
    assertEquals(new ImageSize(2, 3), samples.size());
  }

  @ParameterizedTest
  @CsvSource({
    "2x2, 2 2 2",
    "2x2, 2 4",
    "1x4, 2 1 1 4",
    "4x1, 2 1 4 1",
    "2x2, 2 2 2 1",
    "2x2, 2 1 2 2",
    "8x1, 1 8 1"
  })
  void shapes(String size, String shape) throws Exception {
    long[] sizes = Arrays.stream(shape.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    Samples samples = images(NpyFixture.bytes(PIXELS, sizes));
    assertEquals(ImageSize.parse(size), samples.size());
    assertArrayEquals(PIXELS, samples.pixels());
  }

  @Test
  void rowsOfTheSizeThatIsAskedFor() throws Exception {
    var files = List.of(NpyFixture.onDisk(folder, "x_test.npy", NpyFixture.bytes(PIXELS, 1, 8)));
    Samples samples = NpyDataset.read(files, Optional.of(new ImageSize(2, 4))).get(Part.TEST);
    assertEquals(new ImageSize(2, 4), samples.size());
    refuses(
        "expected rows of as many pixels as a square image has, or the size of the images to be"
            + " given (such as 28x28), found rows of 8 values",
        NpyFixture.bytes(PIXELS, 1, 8));
  }

  @Test
  void coloursBecomeLuma() throws Exception {
    byte[] colors = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 9, 9, 9};
    Samples samples = images(NpyFixture.bytes(colors, 1, 2, 2, 3));
    assertArrayEquals(new byte[] {76, (byte) 150, 29, 9}, samples.pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"|i1", "|u1", "<i4", ">i8", "<u8", "<f4", ">f8"})
  void labelsOfEachType(String descr) throws Exception {
    byte[] values = NpyFixture.numbers(descr, 2, 0, 1);
    assertArrayEquals(
        new int[] {2, 0, 1}, labels(NpyFixture.npyOf(NpyFixture.header(descr, 3), values)));
    assertArrayEquals(
        new int[] {2, 0, 1}, labels(NpyFixture.npyOf(NpyFixture.header(descr, 3, 1), values)));
  }

  @Test
  void oneHotLabelsInBothOrders() throws Exception {
    byte[] rows = NpyFixture.numbers("<f4", 0, 1, 1, 0, 0, 1);
    byte[] columns = NpyFixture.numbers("<f4", 0, 1, 0, 1, 0, 1);
    int[] expected = {1, 0, 1};
    assertArrayEquals(expected, labels(NpyFixture.npyOf(NpyFixture.header("<f4", 3, 2), rows)));
    assertArrayEquals(
        expected, labels(NpyFixture.npyOf(NpyFixture.header("<f4", true, 3, 2), columns)));
  }

  @Test
  void labelsThatAreNone() throws Exception {
    refusesLabels("expected labels that are whole numbers from 0, found -1 at [1]", "<i2", 0, -1);
    refusesLabels("expected labels that are whole numbers from 0, found 0.5 at [0]", "<f4", .5, 1);
    refusesLabels(
        "expected labels that are whole numbers from 0, found NaN at [0]", "<f8", Double.NaN, 1);
    refusesLabels(
        "expected labels that are whole numbers from 0, found 18446744073709551616 at [1]",
        "<u8",
        0,
        -1);
    byte[] twoOnes =
        NpyFixture.npyOf(NpyFixture.header("<i4", 2, 2), NpyFixture.numbers("<i4", 0, 1, 1, 1));
    assertEquals(
        "expected one-hot labels, rows with a single 1 and zeros else, found another 1 at [1, 1]",
        labelComplaint(twoOnes));
    byte[] none =
        NpyFixture.npyOf(NpyFixture.header("<i4", 2, 2), NpyFixture.numbers("<i4", 0, 1, 0, 0));
    assertEquals(
        "expected one-hot labels, rows with a single 1 and zeros else, found no 1 in row 1",
        labelComplaint(none));
    assertEquals(
        "expected labels as [n], [n, 1] or one-hot [n, classes], found the shape [2, 1, 1]",
        labelComplaint(NpyFixture.bytes(new byte[2], 2, 1, 1)));
  }

  @Test
  void pixelsOutOfRangeAreNamed() throws Exception {
    refuses("expected pixels from 0 to 255, found 300 at [1, 0, 2]", "<i2", 1, 2, 3, 4, 5, 300);
    refuses("expected pixels from 0 to 255, found -1 at [0, 0, 0]", "|i1", -1, 2, 3, 4, 5, 6);
    refuses(
        "expected pixels from 0 to 1 or from 0 to 255, found NaN at [1, 0, 0]",
        "<f4",
        0,
        0,
        0,
        Double.NaN,
        0,
        0);
    refuses(
        "expected pixels from 0 to 1 or from 0 to 255, found -0.25 at [0, 0, 1]",
        "<f8",
        0,
        -.25,
        0,
        0,
        0,
        0);
    refuses(
        "expected pixels from 0 to 1 or from 0 to 255, found the greatest to be 1.0625 at [0, 0,"
            + " 1]; if they are meant to be from 0 to 1, cut them off with images.clip(0, 1)",
        "<f4",
        0,
        1.0625,
        0,
        0,
        0,
        0);
    refuses(
        "expected pixels that are booleans, bytes of 0 or 1, found 2 at [0, 0, 0]",
        "|b1",
        2,
        0,
        0,
        0,
        0,
        0);
  }

  @Test
  void indicesOfFortranOrder() throws Exception {
    byte[] values = NpyFixture.numbers("<i2", 1, 2, 3, 4, 5, 300, 7, 8);
    refuses(
        "expected pixels from 0 to 255, found 300 at [1, 0, 1]",
        NpyFixture.npyOf(NpyFixture.header("<i2", true, 2, 2, 2), values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "|O~Python objects (a pickle), which may run code and are not loaded; save numbers with"
            + " np.savez(file, x_train=images.astype('uint8'), y_train=labels.astype('uint8'))",
        "<U5~text (<U5); save the classes as numbers from 0",
        "|S3~text (|S3); save the classes as numbers from 0",
        "<c8~complex numbers (<c8)",
        "|V4~raw bytes or a structure (|V4)",
        "<M8[ns]~times (<M8[ns])",
        "<f16~elements of the type '<f16'",
        "|i4~elements of the type '|i4'",
        "<b2~elements of the type '<b2'",
        "uint8~elements of the unknown type 'uint8'"
      })
  void otherTypes(String descr, String found) {
    refuses(
        "expected an array of integers, floats (16 to 64 bits) or booleans, found " + found,
        NpyFixture.npyOf(NpyFixture.header(descr, 2, 2, 2), PIXELS));
  }

  @Test
  void structuredArrays() throws Exception {
    refuses(
        "expected an array of integers, floats (16 to 64 bits) or booleans, found a structured"
            + " array; save each of its fields as an array",
        NpyFixture.npyOf(
            "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (2, 2, 2), }", PIXELS));
  }

  @Test
  void wrongLengths() throws Exception {
    byte[] images = NpyFixture.bytes(PIXELS, 2, 2, 2);
    int length = images.length;
    refuses(
        "wrong length: expected %d bytes as its header says ([2, 2, 2] uint8), found %d"
            .formatted(length, length - 1),
        Arrays.copyOf(images, length - 1));
    refuses(
        "wrong length: expected %d bytes as its header says ([2, 2, 2] uint8), found %d"
            .formatted(length, length + 2),
        Arrays.copyOf(images, length + 2));
    refuses(
        "cut off: expected a header of %d bytes, found 20".formatted(length - 18),
        Arrays.copyOf(images, 30));
  }

  @Test
  void wrongLengthsInArchivesThatSayNone() throws Exception {
    byte[] images = NpyFixture.bytes(PIXELS, 2, 2, 2);
    assertArrayEquals(PIXELS, fromArchive(images, -1).pixels());
    assertArrayEquals(PIXELS, fromArchive(images, images.length).pixels());
    for (int length : new int[] {images.length - 3, images.length + 3}) {
      DataException e =
          assertThrows(DataException.class, () -> fromArchive(Arrays.copyOf(images, length), -1));
      assertEquals(
          "archive.zip: x_test.npy: wrong length: expected %d bytes as its header says ([2, 2, 2]"
                  .formatted(images.length)
              + " uint8), found "
              + (length > images.length ? "more" : "" + length),
          e.getMessage());
    }
  }

  private static Samples fromArchive(byte[] content, long saidSize) throws DataException {
    return NpyDataset.read(
            List.of(NpyFixture.inArchive("x_test.npy", content, saidSize)), Optional.empty())
        .get(Part.TEST);
  }

  @Test
  void absurdShapes() throws Exception {
    refuses(
        "absurd shape: expected at most 2,147,483,639 values, found [999999999999999999,"
            + " 999999999999999999]",
        NpyFixture.bytes(PIXELS, 999999999999999999L, 999999999999999999L));
    refuses(
        "expected images of at most 4096x4096, found 5000x1", NpyFixture.bytes(PIXELS, 2, 5000, 1));
    refuses(
        "wrong length: expected 2000000080 bytes as its header says ([2000000, 1000] uint8), found"
            + " 88",
        Optional.of(new ImageSize(10, 100)),
        NpyFixture.bytes(PIXELS, 2_000_000, 1_000));
    refuses(
        "expected images as [n, h, w], [n, h*w], [n, h, w, 1], [n, 1, h, w] or [n, h, w, 3], found"
            + " the shape [0, 2, 2], which is empty",
        NpyFixture.bytes(new byte[0], 0, 2, 2));
  }

  @Test
  void otherFiles() throws Exception {
    refuses("expected an npy file (bytes 93 4e 55 4d 50 59), found nothing", new byte[0]);
    refuses(
        "expected an npy file (bytes 93 4e 55 4d 50 59), found the bytes 68 65 6c 6c 6f",
        new byte[] {'h', 'e', 'l', 'l', 'o'});
    refuses(
        "expected an npy file, found a Python pickle, which may run code and is not loaded; save"
            + " the arrays with np.savez",
        new byte[] {(byte) 0x80, 4, 'N', '.'});
    refuses(
        "expected version 1.0, 2.0 or 3.0 of the npy format, found the bytes 09 00",
        NpyFixture.npyOf(9, NpyFixture.header("|u1", 2, 2, 2), PIXELS));
    refuses(
        "character 2 of its header: expected the keys 'descr', 'fortran_order' and 'shape', found"
            + " no descr, fortran_order, shape",
        NpyFixture.npyOf("{}", PIXELS));
  }

  @Test
  void headersThatSayToBeEndless() throws Exception {
    byte[] file = NpyFixture.npyOf(2, NpyFixture.header("|u1", 2, 2, 2), PIXELS);
    Arrays.fill(file, 8, 12, (byte) 0xff);
    refuses(
        "expected a header of at most 65,536 bytes, found one that says to have 4,294,967,295",
        file);
  }

  private Samples images(byte[] images) throws DataException {
    return NpyDataset.read(
            List.of(NpyFixture.onDisk(folder, "x_test.npy", images)), Optional.empty())
        .get(Part.TEST);
  }

  private int[] labels(byte[] labels) throws DataException {
    return NpyDataset.read(
            List.of(
                NpyFixture.onDisk(folder, "x.npy", NpyFixture.images(3)),
                NpyFixture.onDisk(folder, "y.npy", labels)),
            Optional.empty())
        .get(Part.TRAIN)
        .labels()
        .orElseThrow();
  }

  private void refuses(String complaint, String descr, double... values) {
    refuses(
        complaint,
        NpyFixture.npyOf(
            NpyFixture.header(descr, 2, 1, values.length / 2), NpyFixture.numbers(descr, values)));
  }

  private void refuses(String complaint, byte[] images) {
    refuses(complaint, Optional.empty(), images);
  }

  private void refuses(String complaint, Optional<ImageSize> size, byte[] images) {
    var files = List.of(NpyFixture.onDisk(folder, "x_test.npy", images));
    DataException e = assertThrows(DataException.class, () -> NpyDataset.read(files, size));
    assertEquals(folder.resolve("x_test.npy") + ": " + complaint, e.getMessage());
  }

  private void refusesLabels(String complaint, String descr, double... values) {
    assertEquals(
        complaint,
        labelComplaint(
            NpyFixture.npyOf(
                NpyFixture.header(descr, values.length), NpyFixture.numbers(descr, values))));
  }

  private String labelComplaint(byte[] labels) {
    var files =
        List.of(
            NpyFixture.onDisk(folder, "x.npy", NpyFixture.images(2)),
            NpyFixture.onDisk(folder, "y.npy", labels));
    DataException e =
        assertThrows(DataException.class, () -> NpyDataset.read(files, Optional.empty()));
    return e.getMessage().substring((folder.resolve("y.npy") + ": ").length());
  }
}
