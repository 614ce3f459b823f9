package io.mnist4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.random.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final ImageSet DIGITS = Strokes.generate(1, 200);
  private static final int PIXELS = 28 * 28;
  private static final AugmentationSpec ALL = new AugmentationSpec(2, 15, 0.15, 1.2);

  @Test
  void offIsPixelsBy255ToTheBit() {
    float[] augmented = augment(DIGITS, AugmentationSpec.DEFAULT, 9, 7, 3);
    for (int i = 0; i < PIXELS; i++) {
      int value = Byte.toUnsignedInt(DIGITS.pixels()[7 * PIXELS + i]);
      assertEquals(value / 255f, augmented[i], 0);
    }
  }

  @Test
  void samePixelsOnEveryMachine() throws Exception {
    // Not from Strokes, which has a right to change.
    SplitMix64 random = new SplitMix64(1, 1);
    byte[] noise = new byte[50 * PIXELS];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextInt(256);
    }
    ImageSet images = new ImageSet(28, 28, noise, new byte[50]);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (int image = 0; image < images.size(); image++) {
      ByteBuffer bytes = ByteBuffer.allocate(PIXELS * Float.BYTES);
      bytes.asFloatBuffer().put(augment(images, ALL, 42, image, 1 + image % 5));
      sha.update(bytes);
    }
    assertEquals(
        "2e8d2cd4ca739fd7852759f02a91b5ce6e3d5b572accad13334976fb15f855a4",
        HexFormat.of().formatHex(sha.digest()));
  }

  @Test
  void seedEpochAndImageMakeADifference() {
    float[] one = augment(DIGITS, ALL, 1, 5, 1);
    assertArrayEquals(one, augment(DIGITS, ALL, 1, 5, 1), 0);
    assertFalse(Arrays.equals(one, augment(DIGITS, ALL, 2, 5, 1)));
    assertFalse(Arrays.equals(one, augment(DIGITS, ALL, 1, 5, 2)));
    byte[] twice = Arrays.copyOf(DIGITS.pixels(), 2 * PIXELS);
    System.arraycopy(twice, 0, twice, PIXELS, PIXELS);
    ImageSet twins = new ImageSet(28, 28, twice, new byte[2]);
    assertFalse(Arrays.equals(augment(twins, ALL, 1, 0, 1), augment(twins, ALL, 1, 1, 1)));
  }

  @Test
  void orderAndThreadsMakeNone() {
    Augmenter shared = new Augmenter(DIGITS, ALL, 3);
    FloatBuffer forwards = FloatBuffer.allocate(DIGITS.size() * PIXELS);
    for (int image = 0; image < DIGITS.size(); image++) {
      shared.augment(image, 2, forwards, image * PIXELS);
    }
    assertEquals(0, forwards.position());
    float[] atOnce = new float[DIGITS.size() * PIXELS];
    IntStream.range(0, 4 * DIGITS.size())
        .parallel()
        .map(i -> (i * 77) % DIGITS.size())
        .forEach(image -> shared.augment(image, 2, atOnce, image * PIXELS));
    assertArrayEquals(forwards.array(), atOnce, 0);
  }

  @Test
  void valuesStayBetweenPaperAndInk() {
    byte[] noise = new byte[50 * 9 * 5];
    new Random(1).nextBytes(noise);
    ImageSet images = new ImageSet(9, 5, noise, new byte[50]);
    AugmentationSpec wild = new AugmentationSpec(3, 180, 0.9, 4);
    for (int image = 0; image < images.size(); image++) {
      for (float value : augment(images, wild, 1, image, 1)) {
        assertTrue(value >= 0 && value <= 1, "" + value);
      }
    }
  }

  @Test
  void anyImageSize() {
    for (int[] size : new int[][] {{1, 1}, {1, 9}, {7, 2}, {33, 64}}) {
      byte[] white = new byte[size[0] * size[1]];
      Arrays.fill(white, (byte) 255);
      ImageSet image = new ImageSet(size[0], size[1], white, new byte[1]);
      float[] augmented = augment(image, ALL, 1, 0, 1);
      assertEquals(white.length, augmented.length);
    }
  }

  @Test
  void shiftMovesTheCentreOfMassAndNothingElse() {
    Warp warp = new Warp(28, 28);
    warp.place(1.75, -0.5, 0, 1, 0);
    for (int image = 0; image < 20; image++) {
      double[] before = mass(augment(DIGITS, AugmentationSpec.DEFAULT, 1, image, 1));
      double[] after = mass(bend(warp, DIGITS, image));
      assertEquals(before[0], after[0], 1e-3);
      assertEquals(before[1] + 1.75, after[1], 1e-4);
      assertEquals(before[2] - 0.5, after[2], 1e-4);
    }
  }

  @Test
  void shiftByWholePixelsCopiesThem() {
    Warp warp = new Warp(28, 28);
    warp.place(2, -3, 0, 1, 0);
    float[] before = augment(DIGITS, AugmentationSpec.DEFAULT, 1, 4, 1);
    float[] after = bend(warp, DIGITS, 4);
    for (int row = 0; row < 25; row++) {
      for (int column = 2; column < 28; column++) {
        assertEquals(before[(row + 3) * 28 + column - 2], after[row * 28 + column], 0);
      }
    }
  }

  @Test
  void shiftsAreUniformUpToTheLimit() {
    AugmentationSpec shift = new AugmentationSpec(3, 0, 0, 0);
    double[] sum = new double[2];
    double furthest = 0;
    for (int epoch = 1; epoch <= 400; epoch++) {
      double[] before = mass(augment(DIGITS, AugmentationSpec.DEFAULT, 1, 0, epoch));
      double[] after = mass(augment(DIGITS, shift, 1, 0, epoch));
      for (int i = 0; i < 2; i++) {
        double moved = after[1 + i] - before[1 + i];
        sum[i] += moved;
        furthest = Math.max(furthest, Math.abs(moved));
      }
    }
    assertTrue(furthest > 2.9 && furthest <= 3.001, "" + furthest);
    // The standard deviation of the mean is 3 / √3 / 20.
    assertEquals(0, sum[0] / 400, 0.35);
    assertEquals(0, sum[1] / 400, 0.35);
  }

  @Test
  void aQuarterTurnIsClockwiseAboutTheMiddle() {
    byte[] pixels = {(byte) 255, 0, 0, 0, 0, 0, 0, 0, 0};
    ImageSet corner = new ImageSet(3, 3, pixels, new byte[1]);
    Warp warp = new Warp(3, 3);
    warp.place(0, 0, 90, 1, 0);
    assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0, 0, 0, 0}, bend(warp, corner, 0), 1e-6f);
    warp.place(0, 0, 0, 1, 0);
    assertArrayEquals(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0}, bend(warp, corner, 0), 0);
  }

  @Test
  void scaleMultipliesTheInkByItsSquare() {
    Warp warp = new Warp(28, 28);
    for (double factor : new double[] {0.8, 1.2}) {
      warp.place(0, 0, 0, factor, 0);
      double before = 0;
      double after = 0;
      for (int image = 0; image < 100; image++) {
        before += mass(augment(DIGITS, AugmentationSpec.DEFAULT, 1, image, 1))[0];
        after += mass(bend(warp, DIGITS, image))[0];
      }
      assertEquals(factor * factor, after / before, 0.01);
    }
  }

  @Test
  void inkIsRoughlyConserved() {
    for (AugmentationSpec spec :
        new AugmentationSpec[] {
          new AugmentationSpec(2, 0, 0, 0),
          new AugmentationSpec(0, 15, 0, 0),
          new AugmentationSpec(0, 0, 0.1, 0),
          new AugmentationSpec(0, 0, 0, 1)
        }) {
      double before = 0;
      double after = 0;
      for (int image = 0; image < DIGITS.size(); image++) {
        before += mass(augment(DIGITS, AugmentationSpec.DEFAULT, 1, image, 1))[0];
        after += mass(augment(DIGITS, spec, 1, image, 1))[0];
      }
      assertEquals(1, after / before, 0.03, spec.toString());
    }
  }

  @Test
  void elasticStrengthIsTheRootMeanSquareInPixels() {
    for (int[] size : new int[][] {{28, 28}, {20, 50}}) {
      ElasticField field = new ElasticField(size[0], size[1], 1.5);
      float[] moved = new float[2 * size[0]];
      double squares = 0;
      double steps = 0;
      int rolls = 2000;
      for (int roll = 0; roll < rolls; roll++) {
        field.roll(new SplitMix64(1, roll));
        for (int column = 0; column < size[1]; column++) {
          field.column(column, moved);
          for (int i = 0; i < moved.length; i++) {
            squares += moved[i] * moved[i];
            steps += i % size[0] == 0 ? 0 : Math.abs(moved[i] - moved[i - 1]);
          }
        }
      }
      double pixels = (double) rolls * size[0] * size[1];
      assertEquals(1.5, Math.sqrt(squares / (2 * pixels)), 0.05);
      // Smooth: a Gaussian field's slope has a mean of strength / (σ √π) from pixel to pixel.
      double sigma = Math.min(size[0], size[1]) / 7.0;
      assertEquals(1.5 / (sigma * Math.sqrt(Math.PI)), steps / (2 * pixels), 0.05 * 1.5);
    }
  }

  @Test
  void outOfRangeIsRefusedByItsKey() {
    assertRefused("shift must be 0 to 1000", -1, 0, 0, 0);
    assertRefused("rotate must be 0 to 180", 0, 181, 0, 0);
    assertRefused("scale must be 0 to 0.9", 0, 0, 1, 0);
    assertRefused("elastic must be 0 to 100", 0, 0, 0, Double.NaN);
  }

  @Test
  void imagesThatAreNotThereAreRefused() {
    float[] target = new float[PIXELS];
    for (AugmentationSpec spec : new AugmentationSpec[] {ALL, AugmentationSpec.DEFAULT}) {
      Augmenter augmenter = new Augmenter(DIGITS, spec, 1);
      assertThrows(
          IndexOutOfBoundsException.class, () -> augmenter.augment(DIGITS.size(), 1, target, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> augmenter.augment(0, 1, target, 1));
    }
  }

  private static void assertRefused(
      String expected, double shift, double rotate, double scale, double elastic) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new AugmentationSpec(shift, rotate, scale, elastic))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  private static float[] augment(
      ImageSet images, AugmentationSpec spec, long seed, int image, int epoch) {
    float[] target = new float[images.pixelsPerImage()];
    new Augmenter(images, spec, seed).augment(image, epoch, target, 0);
    return target;
  }

  private static float[] bend(Warp warp, ImageSet images, int image) {
    float[] target = new float[images.pixelsPerImage()];
    warp.bend(images.pixels(), image * target.length, null, target, 0);
    return target;
  }

  /** Of an image of 28x28: the mass, and the column and row of its centre. */
  private static double[] mass(float[] image) {
    double mass = 0;
    double columns = 0;
    double rows = 0;
    for (int i = 0; i < image.length; i++) {
      int row = i / 28;
      mass += image[i];
      columns += image[i] * (i % 28);
      rows += image[i] * row;
    }
    return new double[] {mass, columns / mass, rows / mass};
  }
}
