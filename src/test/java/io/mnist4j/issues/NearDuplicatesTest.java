package io.mnist4j.issues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.DuplicateImages;
import io.mnist4j.data.ImageSet;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearDuplicatesTest {
  private static final int SIDE = 12;
  private static final int PIXELS = SIDE * SIDE;

  /** Blots of ink, each on its own. */
  private static ImageSet blots(int count, int height, int width, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * height * width];
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) (image % 3);
      double x0 = random.nextDouble() * width / 3;
      double y0 = random.nextDouble() * height / 3;
      double radius = 1 + 2 * random.nextDouble();
      for (int i = 0; i < height * width; i++) {
        double distance = Math.hypot(i % width - x0, Math.floorDiv(i, width) - y0) / radius;
        pixels[image * height * width + i] =
            (byte) (220 * Math.exp(-distance * distance) + random.nextInt(8));
      }
    }
    return new ImageSet(height, width, pixels, labels);
  }

  private static NearDuplicates search(ImageSet images) {
    return NearDuplicates.of(images, IntStream.range(0, images.size()).toArray());
  }

  /** Against a search that compares every pair, on images so much alike that many are near. */
  @ParameterizedTest
  @CsvSource({"12, 12", "28, 5", "1, 30", "2, 2"})
  void findsWhatComparingEveryPairFinds(int height, int width) {
    ImageSet images = blots(600, height, width, 3);
    NearDuplicates found = search(images);
    int near = 0;
    for (int later = 0; later < images.size(); later++) {
      int twin = -1;
      double most = NearDuplicates.NEAR;
      for (int earlier = 0; earlier < later; earlier++) {
        double correlation = correlation(images, earlier, later);
        if (correlation >= most) {
          most = correlation;
          twin = earlier;
        }
      }
      near += twin >= 0 ? 1 : 0;
      assertEquals(twin >= 0, found.twin(later) >= 0, "image " + later);
      if (twin >= 0) {
        assertEquals(most, found.likeness(later), 1e-9, "image " + later);
      }
    }
    assertTrue(near > 10 && found.isComplete(), "near: " + near);
  }

  private static double correlation(ImageSet images, int one, int other) {
    int pixels = images.pixelsPerImage();
    IntUnaryOperator value1 = i -> images.pixels()[one * pixels + i] & 0xff;
    IntUnaryOperator value2 = i -> images.pixels()[other * pixels + i] & 0xff;
    double mean1 = IntStream.range(0, pixels).map(value1).average().orElseThrow();
    double mean2 = IntStream.range(0, pixels).map(value2).average().orElseThrow();
    double product = 0;
    double square1 = 0;
    double square2 = 0;
    for (int i = 0; i < pixels; i++) {
      double difference1 = value1.applyAsInt(i) - mean1;
      double difference2 = value2.applyAsInt(i) - mean2;
      product += difference1 * difference2;
      square1 += difference1 * difference1;
      square2 += difference2 * difference2;
    }
    return product / Math.sqrt(square1 * square2);
  }

  @Test
  void aDarkerCopyIsNearAndAMovedOneIsNot() {
    byte[] pixels = new byte[3 * PIXELS];
    Random random = new Random(1);
    for (int y = 2; y < SIDE - 2; y++) {
      for (int x = 2; x < SIDE - 2; x++) {
        int value = random.nextInt(200);
        pixels[y * SIDE + x] = (byte) value;
        pixels[PIXELS + y * SIDE + x] = (byte) (value / 2 + 10);
        pixels[2 * PIXELS + y * SIDE + x + 1] = (byte) value;
      }
    }
    NearDuplicates found = search(new ImageSet(SIDE, SIDE, pixels, new byte[] {1, 2, 1}));
    assertEquals(-1, found.twin(0));
    assertEquals(0, found.twin(1));
    assertEquals(-1, found.twin(2));
    assertEquals(1, found.otherTwin(0), "the labels differ, so both are named");
    assertEquals(0, found.otherTwin(1));
  }

  @Test
  void nothingToCompare() {
    NearDuplicates found = NearDuplicates.of(blots(2, 3, 3, 1), new int[0]);
    assertTrue(found.isComplete());
    assertEquals(-1, found.twin(1));
  }

  @Test
  void groupsOfTheSamePixels() {
    byte[] pixels = {1, 2, 3, 4, 1, 2, 7, 7, 1, 2, 3, 4};
    ImageSet images = new ImageSet(1, 2, pixels, new byte[6]);
    DuplicateImages found = DuplicateImages.of(images, image -> image == 3);
    assertEquals("[[0, 2, 4], [1, 5]]", found.groups().toString());
    assertEquals(2, found.different().length);
  }
}
