package io.mnist4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.random.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StrokeChangeTest {
  private static final ImageSet DIGITS = Strokes.generate(1, 100);

  @Test
  void aPixelGrowsIntoACrossAndBack() {
    float[] image = new float[25];
    image[12] = 1;
    StrokeChange change = new StrokeChange(5, 5);
    change.thicken(1, image, 0);
    float[] cross = new float[25];
    for (int i : new int[] {7, 11, 12, 13, 17}) {
      cross[i] = 1;
    }
    assertArrayEquals(cross, image);
    change.thicken(-1, image, 0);
    float[] pixel = new float[25];
    pixel[12] = 1;
    assertArrayEquals(pixel, image);
    change.thicken(0.25, image, 0);
    assertEquals(0.25f, image[7]);
    assertEquals(1, image[12]);
  }

  @Test
  void whatStandsAtTheBorderStaysInTheImage() {
    float[] image = {1, 0, 0, 1};
    new StrokeChange(2, 2).thicken(-1, image, 0);
    assertArrayEquals(new float[] {0, 0, 0, 0}, image);
    float[] full = {0, 1, 1};
    new StrokeChange(1, 2).thicken(-3, full, 1);
    assertArrayEquals(new float[] {0, 1, 1}, full);
  }

  @Test
  void noiseChangesInkByNoMoreThanItsAmountAndLeavesPaper() {
    float[] image = new float[1000];
    Arrays.fill(image, 0, 500, 0.5f);
    new StrokeChange(1, 1000).roughen(0.2, new SplitMix64(1, 1), image, 0);
    float least = 1;
    float most = 0;
    for (int i = 0; i < 500; i++) {
      least = Math.min(least, image[i]);
      most = Math.max(most, image[i]);
    }
    assertTrue(least >= 0.3 && most <= 0.7, least + " to " + most);
    assertTrue(least < 0.49 && most > 0.51, least + " to " + most);
    assertArrayEquals(new float[500], Arrays.copyOfRange(image, 500, 1000));
  }

  @Test
  void upperEndsOfStrokesLeanByTheAngle() {
    byte[] line = new byte[21 * 21];
    for (int row = 0; row < 21; row++) {
      line[row * 21 + 10] = (byte) 255;
    }
    Warp warp = new Warp(21, 21);
    warp.place(0, 0, 0, 1, Math.toDegrees(Math.atan(0.5)));
    float[] leaning = new float[line.length];
    warp.bend(line, 0, null, leaning, 0);
    assertEquals(1, leaning[15], 1e-5);
    assertEquals(1, leaning[10 * 21 + 10], 1e-5);
    assertEquals(1, leaning[20 * 21 + 5], 1e-5);
  }

  @Test
  void eachWayIsIndependentOfTheOthers() {
    float[] plain = augment(new AugmentationSpec(0, 0, 0, 0, 0, 20, 0, 0));
    assertArrayEquals(plain, augment(new AugmentationSpec(0, 0, 0, 0, 0, 20, 0, 0)));
    assertNotEquals(
        sum(plain), sum(augment(new AugmentationSpec(0, 0, 0, 0, 0, 20, 1, 0))), "stroke");
    float[] noisy = augment(new AugmentationSpec(0, 0, 0, 0, 0, 20, 0, 0.5));
    for (int i = 0; i < plain.length; i++) {
      assertTrue(plain[i] > 0 || noisy[i] == 0, "the same pixels are ink");
      assertEquals(plain[i], noisy[i], 0.5);
    }
  }

  @Test
  void outOfRangeIsRefusedByItsKey() {
    for (double[] wrong : new double[][] {{61, 0, 0}, {0, 11, 0}, {0, 0, 1.1}}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new AugmentationSpec(0, 0, 0, 0, 0, wrong[0], wrong[1], wrong[2]))
              .getMessage();
      String key = wrong[0] > 0 ? "slant" : wrong[1] > 0 ? "stroke" : "noise";
      assertTrue(message.startsWith(key + " must be 0 to "), message);
    }
  }

  private static double sum(float[] image) {
    double sum = 0;
    for (float value : image) {
      sum += value;
    }
    return sum;
  }

  private static float[] augment(AugmentationSpec spec) {
    float[] target = new float[DIGITS.pixelsPerImage()];
    new Augmenter(DIGITS, spec, 1).augment(3, 1, target, 0);
    return target;
  }
}
