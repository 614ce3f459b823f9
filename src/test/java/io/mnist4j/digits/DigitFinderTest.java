package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.ImageFile;
import io.mnist4j.data.pictures.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigitFinderTest {
  private static final DigitFinder FINDER = new DigitFinder(28, 28);

  @Test
  void imagesThatAreAsMnistHasThemComeThroughUnchanged() throws Exception {
    for (int i = 0; i < 100; i++) {
      GreyImage digit = StrokesDigit.of(i);
      for (Rendering rendering : List.of(Rendering.AS_MNIST_HAS_IT, Rendering.DARK_ON_LIGHT)) {
        assertArrayEquals(digit.pixels(), only(rendering.file(digit, new Random(i))).pixels());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Rendering.class)
  void everyLookBecomesNearlyTheImageThatItWasMadeOf(Rendering rendering) throws Exception {
    double likeness = 0;
    int images = 12;
    for (int i = 0; i < images; i++) {
      GreyImage digit = StrokesDigit.of(i);
      GreyImage found = only(rendering.file(digit, new Random(i)));
      assertMnistForm(found);
      likeness += likeness(digit, found, 0, 0) / images;
    }
    // Moved by one pixel an image is only 0.8 like itself.
    assertTrue(likeness > 0.94, "likeness " + likeness);
  }

  /** The box is filled, the centre of mass in the middle, the ink as dark as can be. */
  private static void assertMnistForm(GreyImage image) {
    int top = 28;
    int left = 28;
    int bottom = 0;
    int right = 0;
    double mass = 0;
    double rows = 0;
    double columns = 0;
    int darkest = 0;
    for (int row = 0; row < 28; row++) {
      for (int column = 0; column < 28; column++) {
        int ink = image.at(row, column);
        darkest = Math.max(darkest, ink);
        mass += ink;
        rows += ink * row;
        columns += ink * column;
        if (ink > 0) {
          top = Math.min(top, row);
          bottom = Math.max(bottom, row);
          left = Math.min(left, column);
          right = Math.max(right, column);
        }
      }
    }
    assertEquals(20, Math.max(bottom - top, right - left) + 1);
    assertEquals(14, rows / mass, 0.51);
    assertEquals(14, columns / mass, 0.51);
    assertTrue(darkest > 220, "darkest " + darkest);
  }

  @Test
  void boxSaysWhereInTheFileTheDigitIs() throws Exception {
    BufferedImage photo =
        photo(1600, 1200, true, sheet -> pen(sheet, 5, 900, 400, 300, 20, Photo.BALLPOINT));
    Box box = find(Rendering.file(photo, "jpg")).get(0).box();
    assertEquals(900, box.x(), 15);
    assertEquals(400, box.y(), 15);
    assertEquals(300 * 0.58, box.width(), 30);
    assertEquals(300, box.height(), 30);
  }

  /** Whatever the pen and the place, the same digit looks the same to the network. */
  @Test
  void penWidthSizeAndPlaceMatterLittle() throws Exception {
    List<GreyImage> usual = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      int number = digit;
      usual.add(only(Rendering.file(drawn(200, 200, s -> pen(s, number, 70, 40, 120, 12)), "png")));
    }
    for (int digit = 0; digit < 10; digit++) {
      int number = digit;
      List<BufferedImage> others =
          List.of(
              drawn(900, 700, s -> pen(s, number, 40, 60, 600, 6)),
              drawn(60, 50, s -> pen(s, number, 30, 10, 30, 3)),
              drawn(130, 206, s -> pen(s, number, 5, 3, 200, 26)),
              photo(300, 225, false, s -> onPaperOnATable(s, number)));
      for (BufferedImage other : others) {
        GreyImage seen = only(Rendering.file(other, "png"));
        List<Double> likeness = usual.stream().map(image -> likenessMoved(image, seen)).toList();
        assertEquals(digit, likeness.indexOf(Collections.max(likeness)), likeness.toString());
        assertTrue(likeness.get(digit) > 0.8, digit + ": " + likeness);
      }
    }
  }

  private static void onPaperOnATable(Graphics2D sheet, int digit) {
    sheet.setColor(new Color(80, 60, 45));
    sheet.fillRect(0, 0, 300, 225);
    sheet.rotate(0.08);
    sheet.setColor(Photo.PAPER);
    sheet.fillRect(60, 10, 175, 170);
    sheet.rotate(-0.08);
    pen(sheet, digit, 110, 60, 100, 9, Photo.BALLPOINT);
  }

  /** The cosine of two images, 1 for the same, where they lie on each other best. */
  private static double likenessMoved(GreyImage a, GreyImage b) {
    double best = 0;
    for (int down = -1; down <= 1; down++) {
      for (int across = -1; across <= 1; across++) {
        best = Math.max(best, likeness(a, b, down, across));
      }
    }
    return best;
  }

  private static double likeness(GreyImage a, GreyImage b, int down, int across) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int row = 1; row < 27; row++) {
      for (int column = 1; column < 27; column++) {
        double other = b.at(row + down, column + across);
        ab += a.at(row, column) * other;
        aa += (double) a.at(row, column) * a.at(row, column);
        bb += other * other;
      }
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void blankPicturesHoldNothing() throws Exception {
    for (Color color : List.of(Color.WHITE, Color.BLACK, Color.ORANGE)) {
      assertNothing(Rendering.file(Rendering.sheet(300, 200, color), "png"));
      assertNothing(Rendering.file(Rendering.sheet(28, 28, color), "png"));
      assertNothing(Rendering.file(Rendering.sheet(1, 1, color), "png"));
    }
    assertNothing(Rendering.file(new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB), "png"));
    assertNothing(Rendering.file(photo(500, 400, false, sheet -> {}), "jpg"));
    BufferedImage noise = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(3);
    for (int i = 0; i < 40_000; i++) {
      noise.getRaster().setSample(i % 200, i / 200, 0, random.nextInt(256));
    }
    assertNothing(Rendering.file(noise, "png"));
  }

  private static void assertNothing(byte[] file) throws Exception {
    assertEquals(List.of(), find(file));
    Picture picture = ImageFile.decode(file, "x");
    assertEquals(List.of(), FINDER.findTouching(picture, DigitFinderTest::indifferent));
  }

  private static List<Float> indifferent(List<GreyImage> images) {
    return images.stream().map(image -> 0.5f).toList();
  }

  @Test
  void dirtAndFramesAreNoDigits() throws Exception {
    BufferedImage image =
        drawn(
            300,
            300,
            sheet -> {
              sheet.drawRect(4, 4, 290, 290);
              pen(sheet, 3, 100, 60, 180, 14);
              sheet.fillRect(30, 250, 4, 4);
              sheet.fillRect(260, 40, 3, 3);
            });
    List<Digit> digits = find(Rendering.file(image, "png"));
    assertEquals(1, digits.size());
    assertEquals(100, digits.get(0).box().x(), 8);
  }

  @Test
  void stripIsReadFromLeftToRightAndRowByRow() throws Exception {
    BufferedImage image =
        drawn(
            500,
            300,
            sheet -> {
              pen(sheet, 7, 400, 160, 100, 9);
              pen(sheet, 5, 40, 170, 100, 9);
              pen(sheet, 2, 300, 15, 100, 9);
              pen(sheet, 1, 120, 20, 100, 9);
            });
    List<Box> boxes = find(Rendering.file(image, "png")).stream().map(Digit::box).toList();
    assertEquals(4, boxes.size());
    int[][] expected = {{148, 20}, {300, 15}, {40, 170}, {400, 160}};
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i][0], boxes.get(i).x(), 12, boxes.toString());
      assertEquals(expected[i][1], boxes.get(i).y(), 12, boxes.toString());
    }
  }

  @Test
  void digitsThatTouchAreCutWhereTheRecogniserLikesThem() throws Exception {
    BufferedImage image =
        drawn(
            400,
            160,
            sheet -> {
              pen(sheet, 0, 40, 30, 100, 10);
              pen(sheet, 6, 101, 30, 100, 10);
              pen(sheet, 0, 162, 30, 100, 10);
            });
    Picture picture = ImageFile.decode(Rendering.file(image, "png"), "x");
    assertEquals(1, FINDER.find(picture).size());
    List<Digit> cut = FINDER.findTouching(picture, DigitFinderTest::wholeDigits);
    assertEquals(3, cut.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(35 + 61 * i, cut.get(i).box().x(), 8);
      // Both may have the stroke where they touch.
      assertEquals(66, cut.get(i).box().width(), 14);
    }
  }

  private static List<Float> wholeDigits(List<GreyImage> parts) {
    List<Float> probabilities = new ArrayList<>();
    for (GreyImage part : parts) {
      float sum = 0;
      for (float probability : DigitVerifier.shipped().probabilities(part)) {
        sum += probability;
      }
      probabilities.add(sum);
    }
    return probabilities;
  }

  @Test
  void asIsOnlyScales() throws Exception {
    GreyImage digit = StrokesDigit.of(4);
    byte[] dark = Rendering.DARK_ON_LIGHT.file(digit, new Random(1));
    assertArrayEquals(
        digit.inverted().pixels(), FINDER.asIs(ImageFile.decode(dark, "x")).image().pixels());
    BufferedImage halves = drawn(280, 140, sheet -> sheet.fillRect(0, 0, 140, 140));
    Digit scaled = FINDER.asIs(ImageFile.decode(Rendering.file(halves, "png"), "x"));
    assertEquals(new Box(0, 0, 280, 140), scaled.box());
    for (int row = 0; row < 28; row++) {
      assertEquals(0, scaled.image().at(row, 13));
      assertEquals(255, scaled.image().at(row, 14));
    }
  }

  private static GreyImage only(byte[] file) throws Exception {
    List<Digit> digits = find(file);
    assertEquals(1, digits.size());
    return digits.get(0).image();
  }

  private static List<Digit> find(byte[] file) throws Exception {
    return FINDER.find(ImageFile.decode(file, "x"));
  }

  private static BufferedImage drawn(int width, int height, Consumer<Graphics2D> drawing) {
    BufferedImage sheet = Rendering.sheet(width, height, Color.WHITE);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.BLACK);
    drawing.accept(graphics);
    graphics.dispose();
    return sheet;
  }

  private static BufferedImage photo(
      int width, int height, boolean shadow, Consumer<Graphics2D> drawing) {
    return Photo.of(width, height, Photo.PAPER, shadow, 11, drawing);
  }

  private static void pen(Graphics2D sheet, int digit, int x, int y, int height, int width) {
    pen(sheet, digit, x, y, height, width, Color.BLACK);
  }

  private static void pen(
      Graphics2D sheet, int digit, int x, int y, int height, int width, Color ink) {
    PenDigits.draw(sheet, digit, x, y, height, width, ink);
  }
}
