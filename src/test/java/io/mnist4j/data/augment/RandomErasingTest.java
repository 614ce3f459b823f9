package io.mnist4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
  private static final int SIDE = 28;
  private static final int IMAGES = 2_000;
  private static final ImageSet INK = ink(IMAGES, SIDE, SIDE);

  private static ImageSet ink(int count, int height, int width) {
    byte[] pixels = new byte[count * height * width];
    Arrays.fill(pixels, (byte) 255);
    return new ImageSet(height, width, pixels, new byte[count]);
  }

  private static float[] erased(ImageSet images, double probability, int image, int epoch) {
    float[] target = new float[images.pixelsPerImage() + 1];
    target[0] = 9;
    new Augmenter(images, new AugmentationSpec(0, 0, 0, 0, probability, 0, 0, 0), 5)
        .augment(image, epoch, target, 1);
    assertEquals(9, target[0]);
    return Arrays.copyOfRange(target, 1, target.length);
  }

  @Test
  void oneRectangleOfTheAskedShareOfImagesIsPaper() {
    int count = 0;
    double area = 0;
    for (int image = 0; image < IMAGES; image++) {
      float[] pixels = erased(INK, 0.3, image, 1);
      int top = SIDE;
      int left = SIDE;
      int bottom = -1;
      int right = -1;
      int paper = 0;
      for (int i = 0; i < pixels.length; i++) {
        if (pixels[i] == 0) {
          paper++;
          top = Math.min(top, i / SIDE);
          left = Math.min(left, i % SIDE);
          bottom = Math.max(bottom, i / SIDE);
          right = Math.max(right, i % SIDE);
        } else {
          assertEquals(1f, pixels[i]);
        }
      }
      if (paper > 0) {
        count++;
        area += paper / (double) pixels.length;
        assertEquals((bottom - top + 1) * (right - left + 1), paper, "a rectangle");
        assertTrue(paper <= 0.45 * pixels.length && paper >= 0.012 * pixels.length, paper + "");
      }
    }
    assertEquals(0.3, count / (double) IMAGES, 0.05);
    assertTrue(area / count > 0.1 && area / count < 0.25, "mean area " + area / count);
  }

  @Test
  void whatIsErasedDependsOnSeedEpochAndImageAlone() {
    assertArrayEquals(erased(INK, 1, 4, 2), erased(INK, 1, 4, 2));
    assertTrue(!Arrays.equals(erased(INK, 1, 4, 2), erased(INK, 1, 4, 3)));
    assertTrue(!Arrays.equals(erased(INK, 1, 4, 2), erased(INK, 1, 5, 2)));
  }

  /** The random numbers of bending are not those of erasing. */
  @Test
  void bendingIsTheSameWithAndWithoutIt() {
    ImageSet digits = Strokes.generate(1, 20);
    AugmentationSpec bent = new AugmentationSpec(2, 10, 0.1, 1, 0, 0, 0, 0);
    AugmentationSpec both = new AugmentationSpec(2, 10, 0.1, 1, 1, 0, 0, 0);
    int changed = 0;
    for (int image = 0; image < digits.size(); image++) {
      float[] expected = new float[digits.pixelsPerImage()];
      float[] actual = new float[digits.pixelsPerImage()];
      new Augmenter(digits, bent, 3).augment(image, 1, expected, 0);
      new Augmenter(digits, both, 3).augment(image, 1, actual, 0);
      for (int i = 0; i < actual.length; i++) {
        assertTrue(actual[i] == 0 || actual[i] == expected[i]);
        changed += actual[i] == expected[i] ? 0 : 1;
      }
    }
    assertTrue(changed > 100, changed + "");
  }

  @Test
  void imagesOfAnySizeAreTaken() {
    for (int[] size : new int[][] {{1, 1}, {1, 40}, {40, 1}, {3, 2}}) {
      ImageSet images = ink(20, size[0], size[1]);
      for (int image = 0; image < images.size(); image++) {
        assertEquals(size[0] * size[1], erased(images, 1, image, 1).length);
      }
    }
  }

  @Test
  void outOfRangeIsRefusedByItsKey() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> new AugmentationSpec(0, 0, 0, 0, wrong, 0, 0, 0));
      assertTrue(refused.getMessage().startsWith("erasing must be 0 to 1"), refused.getMessage());
    }
  }
}
