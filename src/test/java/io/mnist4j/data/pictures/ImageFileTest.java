package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.digits.Rendering;
import io.mnist4j.digits.StrokesDigit;
import io.mnist4j.errors.DataException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg", "tiff"})
  void formatsGiveTheirColours(String format) throws Exception {
    BufferedImage image = Rendering.sheet(40, 30, new Color(200, 100, 50));
    // A block as JPEG has them, so that it comes through nearly unharmed.
    for (int y = 0; y < 16; y++) {
      for (int x = 16; x < 32; x++) {
        image.setRGB(x, y, 0x102030);
      }
    }
    Picture picture = ImageFile.decode(Rendering.file(image, format), "x");
    assertEquals(30, picture.height());
    assertEquals(40, picture.width());
    assertNear(0xffc86432, picture.argb(29, 0));
    assertNear(0xff102030, picture.argb(8, 24));
  }

  private static void assertNear(int expected, int actual) {
    for (int shift = 0; shift < 32; shift += 8) {
      assertEquals(
          expected >> shift & 0xff, actual >> shift & 0xff, 4, Integer.toHexString(actual));
    }
  }

  /** Programs leave any colour there, and a small picture must not tell more than a large one. */
  @Test
  void whatNobodySeesHasNoColour() throws Exception {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ff8000);
    image.setRGB(1, 0, 0x01ff8000);
    image.setRGB(2, 0, 0xffff8000);
    Picture picture = ImageFile.decode(Rendering.file(image, "png"), "x");
    assertEquals(0, picture.argb(0, 0));
    assertEquals(0x01ff8000, picture.argb(0, 1));
    assertEquals(0xffff8000, picture.argb(0, 2));
  }

  /** Java takes greys for linear light, and would make 188 of 128. */
  @Test
  void greysStayAsTheFileHasThem() throws Exception {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    byte[] expected = new byte[256];
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x);
      deep.getRaster().setSample(x, 0, 0, 257 * x);
      expected[x] = (byte) x;
    }
    for (BufferedImage grey : new BufferedImage[] {image, deep}) {
      Picture picture = ImageFile.decode(Rendering.file(grey, "png"), "x");
      assertArrayEquals(expected, picture.luma().pixels());
      assertArrayEquals(expected, picture.clearest().pixels());
    }
  }

  @Test
  void transparencyShowsWhatSetsTheInkOff() throws Exception {
    BufferedImage drawing = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    drawing.setRGB(10, 10, 0xff000000);
    assertEquals(255, grey(drawing, 0, 0));
    assertEquals(0, grey(drawing, 10, 10));
    drawing.setRGB(10, 10, 0xffffffff);
    assertEquals(0, grey(drawing, 0, 0));
    assertEquals(255, grey(drawing, 10, 10));
    // A card with round corners: they become as the card is.
    for (int i = 20; i < 380; i++) {
      drawing.setRGB(i % 20, i / 20, i % 8 == 0 ? 0xff101010 : 0xffe0e0e0);
    }
    assertEquals(0xe0, grey(drawing, 0, 0));
  }

  /** Soft strokes, of which the paper's tone alone was made transparent. */
  @Test
  void paperThatWasTakenAwayIsPutBack() throws Exception {
    for (int paper : new int[] {255, 0}) {
      for (int i = 0; i < 30; i++) {
        GreyImage digit = StrokesDigit.of(i);
        BufferedImage cut = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
        int furthest = 0;
        for (int at = 0; at < 784; at++) {
          int ink = digit.at(at / 28, at % 28);
          cut.setRGB(
              at % 28, at / 28, ink == 0 ? 0 : 0xff << 24 | 0x010101 * Math.abs(paper - ink));
        }
        GreyImage back = ImageFile.decode(Rendering.file(cut, "png"), "x").luma();
        for (int at = 0; at < 784; at++) {
          int tone = Math.abs(paper - digit.at(at / 28, at % 28));
          furthest = Math.max(furthest, Math.abs(tone - back.at(at / 28, at % 28)));
        }
        assertTrue(furthest <= 60, "digit " + i + " on " + paper + ": " + furthest);
      }
    }
  }

  private static int grey(BufferedImage image, int row, int column) throws Exception {
    return ImageFile.decode(Rendering.file(image, "png"), "x").luma().at(row, column);
  }

  /**
   * The eight ways of Exif's table, each undone; the corner with the mark must come out top left.
   */
  @Test
  void photosAreTurnedAsTheCameraWasHeld() throws Exception {
    int[][] markAt = {{0, 0}, {0, 31}, {47, 31}, {47, 0}, {0, 0}, {0, 31}, {47, 31}, {47, 0}};
    // After 5 to 8 rows and columns are swapped: the stored mark lies at another corner.
    for (int orientation = 1; orientation <= 8; orientation++) {
      BufferedImage stored = Rendering.sheet(32, 48, Color.WHITE);
      int[] corner =
          switch (orientation) {
            case 6 -> new int[] {47, 0};
            case 8 -> new int[] {0, 31};
            default -> markAt[orientation - 1];
          };
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
          stored.setRGB(Math.abs(corner[1] - x), Math.abs(corner[0] - y), 0);
        }
      }
      byte[] jpeg = withOrientation(Rendering.file(stored, "jpg"), orientation);
      Picture picture = ImageFile.decode(jpeg, "x");
      assertEquals(orientation < 5 ? 48 : 32, picture.height(), "orientation " + orientation);
      assertTrue(picture.luma().at(4, 4) < 40, "orientation " + orientation);
    }
  }

  private static byte[] exif(int orientation) {
    return new byte[] {
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = exif(orientation);
    return ByteBuffer.allocate(jpeg.length + exif.length + 10)
        .put(jpeg, 0, 2)
        .putShort((short) 0xffe1)
        .putShort((short) (exif.length + 8))
        .put(latin1("Exif\0\0"))
        .put(exif)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** The chunk stands before or behind the pixels. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pngIsTurnedAsItsExifSays(boolean behind) throws Exception {
    BufferedImage stored = Rendering.sheet(30, 20, Color.WHITE);
    stored.setRGB(0, 19, 0);
    byte[] png = Rendering.file(stored, "png");
    byte[] chunk = ByteBuffer.allocate(4 + exif(6).length).put(latin1("eXIf")).put(exif(6)).array();
    CRC32 crc = new CRC32();
    crc.update(chunk);
    int at = behind ? png.length - 12 : 33;
    byte[] turned =
        ByteBuffer.allocate(png.length + chunk.length + 8)
            .put(png, 0, at)
            .putInt(chunk.length - 4)
            .put(chunk)
            .putInt((int) crc.getValue())
            .put(png, at, png.length - at)
            .array();
    Picture picture = ImageFile.decode(turned, "x");
    assertEquals(30, picture.height());
    assertEquals(0, picture.luma().at(0, 0));
    assertEquals(30, ImageFile.decode(png, "x").width());
  }

  @Test
  void tiffIsTurnedAsItsDirectorySays() throws Exception {
    BufferedImage stored = Rendering.sheet(30, 20, Color.WHITE);
    stored.setRGB(29, 19, 0);
    byte[] tiff = Rendering.file(stored, "tiff");
    // The writer's tag 296, the unit of lengths, becomes 274.
    setTiffValue(tiff, 296, 274, 3);
    assertEquals(0, ImageFile.decode(tiff, "x").luma().at(0, 0));
  }

  /** Memory is taken for so many bytes before they are read. */
  @Test
  void tiffMustNotClaimMoreBytesThanItHas() throws Exception {
    byte[] tiff = Rendering.file(Rendering.sheet(30, 20, Color.WHITE), "tiff");
    setTiffValue(tiff, 279, 279, tiff.length + 1);
    assertRefused(tiff, "x: a damaged TIFF file, or a rare kind of one: its strips or tiles");
  }

  private static void setTiffValue(byte[] tiff, int oldTag, int tag, int value) {
    ByteBuffer file = ByteBuffer.wrap(tiff);
    file.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int at = file.getInt(4) + 2;
    while (file.getShort(at) != oldTag) {
      at += 12;
    }
    file.putShort(at, (short) tag).putShort(at + 2, (short) (tag == 274 ? 3 : 4)).putInt(at + 4, 1);
    if (tag == 274) {
      file.putShort(at + 8, (short) value);
    } else {
      file.putInt(at + 8, value);
    }
  }

  /** The writer of the JDK makes ten scans of a progressive picture in colour. */
  @Test
  void scansOfAJpegAreLimitedBeforeTheyAreDecoded() throws Exception {
    BufferedImage image = Rendering.sheet(64, 64, Color.ORANGE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    byte[] progressive = out.toByteArray();
    assertEquals(10, JpegScans.count(progressive));
    assertEquals(1, JpegScans.count(Rendering.file(image, "jpg")));
    assertEquals(64, ImageFile.decode(progressive, "x").width());
    ImageFile.requireFewScans(progressive, 64 * 64, 10 * 64 * 64, "x");
    DataException refused =
        assertThrows(
            DataException.class,
            () -> ImageFile.requireFewScans(progressive, 64 * 64, 9 * 64 * 64, "x"));
    assertTrue(
        refused.getMessage().startsWith("x: a JPEG picture of 10 scans; at most 9 of this size"),
        refused.getMessage());
  }

  @Test
  void largePicturesAreMadeSmaller() throws Exception {
    BufferedImage image = new BufferedImage(5000, 3600, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 600; y < 1200; y++) {
      for (int x = 3000; x < 4000; x++) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    Picture picture = ImageFile.decode(Rendering.file(image, "png"), "x");
    assertTrue(picture.width() <= 1000 && picture.width() > 500, picture.width() + " columns");
    assertEquals(255, picture.luma().at(900 / picture.reduction(), 3500 / picture.reduction()));
    assertEquals(0, picture.luma().at(900 / picture.reduction(), 2500 / picture.reduction()));
  }

  /** A PNG of a hundred bytes that would take 1.6 GB. */
  @Test
  void sizeIsCheckedBeforeMemoryIsTaken() throws Exception {
    assertRefused(
        pngHeader(20_000, 20_000),
        "x: 20000x20000 pixels; at most 40 megapixels are read: make it smaller");
    assertRefused(pngHeader(Integer.MAX_VALUE, Integer.MAX_VALUE), "at most 40 megapixels");
    assertRefused(pngHeader(6_000, 6_000), "x: 45 bytes of file for 144,000,000 of picture");
    assertRefused(pngHeader(2_000, 2_000), "x: a damaged PNG file, or a rare kind of one: ");
  }

  private static byte[] pngHeader(int width, int height) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 6, 0, 0, 0})
            .array();
    out.writeInt(13);
    out.write(header);
    CRC32 crc = new CRC32();
    crc.update(header);
    out.writeInt((int) crc.getValue());
    out.writeInt(0);
    out.write("IDAT".getBytes(StandardCharsets.US_ASCII));
    out.writeInt(0);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
  void cutFilesAreRefused(String format) {
    byte[] whole = Rendering.file(Rendering.AS_MNIST_HAS_IT.of(StrokesDigit.of(0), null), format);
    String name = format.equals("jpg") ? "JPEG" : format.toUpperCase(java.util.Locale.ROOT);
    for (int length : new int[] {whole.length / 2, 30}) {
      assertRefused(
          Arrays.copyOf(whole, length), "x: a damaged " + name + " file, or a rare kind of one: ");
    }
  }

  @Test
  void whatIsNoPictureIsCalledByItsName() throws Exception {
    assertRefused(new byte[0], "x: is empty");
    assertRefused(latin1("hello"), "x: not a picture; PNG, JPEG, GIF, BMP and TIFF are read");
    assertRefused(latin1("RIFF1234WEBPVP8 "), "x: a WebP picture; PNG");
    assertRefused(latin1("\0\0\0\30ftypheic1234"), "x: a HEIC picture, as iPhones take them; PNG");
    assertRefused(latin1("PK\3\4 1234567890"), "x: a zip archive; PNG");
    assertRefused(latin1("%PDF-1.4 1234567890"), "x: a PDF document; PNG");
    assertRefused(latin1("<!DOCTYPE html>"), "x: an HTML page, perhaps of a failed download; PNG");
    assertRefused(latin1("<svg xmlns="), "x: an SVG or XML file; PNG");
    Path missing = directory.resolve("missing.png");
    assertEquals(
        missing + ": no such file",
        assertThrows(DataException.class, () -> ImageFile.read(missing)).getMessage());
    assertEquals(
        directory + ": is a folder, not a picture",
        assertThrows(DataException.class, () -> ImageFile.read(directory)).getMessage());
    Path file = Files.write(directory.resolve("f.png"), latin1("hello"));
    assertTrue(
        assertThrows(DataException.class, () -> ImageFile.read(file))
            .getMessage()
            .startsWith(file + ": not a picture"));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertRefused(byte[] content, String message) {
    String actual =
        assertThrows(DataException.class, () -> ImageFile.decode(content, "x")).getMessage();
    assertTrue(actual.contains(message), actual);
    assertEquals(1, actual.lines().count(), actual);
  }
}
