package io.mnist4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.mnist4j.random.SplitMix64;
import org.junit.jupiter.api.Test;

/** What is left out because it cannot have ink must be what has none. */
class WarpTest {
  private static final int[][] SIZES = {
    {28, 28}, {1, 1}, {1, 9}, {9, 1}, {7, 2}, {5, 8}, {20, 50}, {33, 17}, {64, 64}
  };

  @Test
  void straightLinesAreThoseOfThePlainFormula() {
    for (int[] size : SIZES) {
      for (int trial = 0; trial < 400; trial++) {
        SplitMix64 random = new SplitMix64(size[0] * 100L + size[1], trial);
        assertBentAsByFormula(size, random, trial % 2 == 0 ? 3 : 1000, false);
      }
    }
  }

  @Test
  void anElasticFieldIsAddedToThem() {
    for (int[] size : SIZES) {
      for (int trial = 0; trial < 100; trial++) {
        SplitMix64 random = new SplitMix64(size[0] * 100L + size[1], trial);
        assertBentAsByFormula(size, random, 3, true);
      }
    }
  }

  @Test
  void anImageWithoutInkIsPaper() {
    float[] target = {1, 1, 1, 1, 1, 1, 1, 1};
    Warp warp = new Warp(2, 3);
    warp.place(0, 0, 20, 1, 0);
    warp.bend(new byte[6], 0, null, target, 1);
    assertArrayEquals(new float[] {1, 0, 0, 0, 0, 0, 0, 1}, target);
  }

  private static void assertBentAsByFormula(
      int[] size, SplitMix64 random, double shift, boolean elastic) {
    int height = size[0];
    int width = size[1];
    byte[] pixels = sparse(height, width, random);
    double right = random.nextDouble(-shift, shift);
    double down = random.nextDouble(-shift, shift);
    double degrees = random.nextBoolean(0.2) ? 90 : random.nextDouble(-180, 180);
    double factor = random.nextDouble(0.1, 1.9);
    ElasticField field = elastic ? new ElasticField(height, width, 2) : null;
    if (elastic) {
      field.roll(random);
    }
    Warp warp = new Warp(height, width);
    warp.place(right, down, degrees, factor, 0);
    float[] bent = new float[height * width];
    warp.bend(pixels, 0, field, bent, 0);
    float[] expected = new float[height * width];
    double radians = degrees * (Math.PI / 180);
    float cosine = (float) (StrictMath.cos(radians) / factor);
    float sine = (float) (StrictMath.sin(radians) / factor);
    float[] moved = new float[2 * height];
    for (int column = 0; column < width; column++) {
      float u = column - (width - 1) / 2f - (float) right;
      if (elastic) {
        field.column(column, moved);
      }
      for (int row = 0; row < height; row++) {
        float v = row - (height - 1) / 2f - (float) down;
        float x = cosine * u + (sine * v + (width - 1) / 2f + 1) + moved[row];
        float y = cosine * v + (height - 1) / 2f + 1 - sine * u + moved[height + row];
        expected[row * width + column] = value(pixels, height, width, x, y);
      }
    }
    assertArrayEquals(expected, bent, "%dx%d by %f degrees".formatted(height, width, degrees));
  }

  /** An image whose ink lies in a rectangle of random size and place. */
  private static byte[] sparse(int height, int width, SplitMix64 random) {
    byte[] pixels = new byte[height * width];
    int top = random.nextInt(height);
    int left = random.nextInt(width);
    int bottom = top + random.nextInt(height - top);
    int right = left + random.nextInt(width - left);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        pixels[row * width + column] = (byte) (random.nextBoolean(0.5) ? random.nextInt(256) : 0);
      }
    }
    return pixels;
  }

  /** Bilinear, between pixels that begin at 1; all around them is paper. */
  private static float value(byte[] pixels, int height, int width, float x, float y) {
    if (!(x > 0 && x < width + 1 && y > 0 && y < height + 1)) {
      return 0;
    }
    int left = (int) x;
    int top = (int) y;
    float[] corners = new float[4];
    for (int i = 0; i < 4; i++) {
      int column = left + i % 2 - 1;
      int row = top + i / 2 - 1;
      boolean within = column >= 0 && column < width && row >= 0 && row < height;
      corners[i] = within ? (pixels[row * width + column] & 0xff) / 255f : 0;
    }
    float above = corners[0] + (x - left) * (corners[1] - corners[0]);
    float below = corners[2] + (x - left) * (corners[3] - corners[2]);
    return above + (y - top) * (below - above);
  }
}
