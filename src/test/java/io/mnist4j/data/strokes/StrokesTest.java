package io.mnist4j.data.strokes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StrokesTest {
  private static final int PIXELS = 28 * 28;

  private static Dataset canonical;

  @BeforeAll
  static void generate() {
    canonical = Strokes.generate();
  }

  /** If this fails, the data set is another one: results published for it no longer hold. */
  @Test
  void canonicalSetIsTheSameEverywhere() {
    assertEquals(
        Map.of(
            "strokes-train-pixels",
                "a257b6f49c7dd8f7295564c3a8ecfe84613fb653f0170771a57de9f393ca7fe1",
            "strokes-train-labels",
                "5a72b6c7798d19166945f4e6fafc559b63dabd34959502d61cfb4a13d1d47408",
            "strokes-test-pixels",
                "d91b1762e58c4e7788498513d05db9b92de4ca438789947a408357dd3c2a9c8d",
            "strokes-test-labels",
                "ea7b3b1b634d77611bbb7576c765ee3aac037e7607bb4eb389a88f3c8ea38920"),
        canonical.contentSha256());
  }

  @Test
  void contentHashesAreThoseOfPixelsAndLabels() throws Exception {
    assertEquals(
        sha256(canonical.train().pixels()), canonical.contentSha256().get("strokes-train-pixels"));
    assertEquals(
        sha256(canonical.train().labels()), canonical.contentSha256().get("strokes-train-labels"));
    assertEquals(
        sha256(canonical.test().pixels()), canonical.contentSha256().get("strokes-test-pixels"));
    assertEquals(
        sha256(canonical.test().labels()), canonical.contentSha256().get("strokes-test-labels"));
  }

  @Test
  void canonicalSetHasMnistsShape() {
    assertEquals("strokes", canonical.name());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), canonical.classNames());
    assertEquals(60_000, canonical.train().size());
    assertEquals(10_000, canonical.test().size());
    assertEquals(28, canonical.train().height());
    assertEquals(28, canonical.train().width());
  }

  @Test
  void fewImagesOfAnotherSeedAreTheSameEverywhere() throws Exception {
    ImageSet images = Strokes.generate(-7, 300);
    assertEquals(
        "329e82782ce8778c6d18e6d6e6c4ee95ca82202c1413ed1743a3933e47594d00",
        sha256(images.pixels()));
  }

  @Test
  void anImageDependsOnSeedAndIndexAlone() {
    ImageSet some = Strokes.generate(Strokes.TRAIN_SEED, 503);
    assertArrayEquals(Arrays.copyOf(canonical.train().pixels(), 503 * PIXELS), some.pixels());
    assertArrayEquals(Arrays.copyOf(canonical.train().labels(), 503), some.labels());
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    ImageSet here = Strokes.generate(5, 2_000);
    for (int threads : new int[] {1, 3}) {
      // A parallel stream runs in the pool that it is started from.
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        ImageSet there = pool.submit(() -> Strokes.generate(5, 2_000)).get();
        assertArrayEquals(here.pixels(), there.pixels());
        assertArrayEquals(here.labels(), there.labels());
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void seedsDiffer() {
    assertFalse(Arrays.equals(Strokes.generate(1, 10).pixels(), Strokes.generate(3, 10).pixels()));
  }

  @Test
  void noImagesAreAnEmptySet() {
    assertEquals(0, Strokes.generate(1, 0).size());
  }

  @Test
  void everyTenImagesHoldEveryDigitInChangingOrder() {
    for (ImageSet set : List.of(canonical.train(), canonical.test())) {
      Set<ByteBuffer> orders = new HashSet<>();
      for (int first = 0; first < set.size(); first += 10) {
        byte[] ten = Arrays.copyOfRange(set.labels(), first, first + 10);
        orders.add(ByteBuffer.wrap(ten.clone()));
        Arrays.sort(ten);
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, ten);
      }
      assertTrue(orders.size() > 0.99 * set.size() / 10, "orders of ten: " + orders.size());
    }
  }

  @Test
  void noTwoImagesAreTheSame() {
    Set<ByteBuffer> seen = new HashSet<>();
    for (ImageSet set : List.of(canonical.train(), canonical.test())) {
      for (int image = 0; image < set.size(); image++) {
        ByteBuffer pixels = ByteBuffer.wrap(set.pixels(), image * PIXELS, PIXELS);
        assertTrue(seen.add(pixels), "image " + image + " of " + set.size() + " is there twice");
      }
    }
  }

  @Test
  void inkFillsABoxOfTwentyAndIsCentredByMass() {
    int askew = 0;
    for (ImageSet set : List.of(canonical.train(), canonical.test())) {
      for (int image = 0; image < set.size(); image++) {
        if (checkPlace(set, image)) {
          askew++;
        }
      }
    }
    assertTrue(askew <= 7, "of 70,000 images further than a pixel off the centre: " + askew);
  }

  /** True where the centre of mass lies further than a pixel off. */
  private static boolean checkPlace(ImageSet set, int image) {
    int left = 28;
    int right = -1;
    int top = 28;
    int bottom = -1;
    int brightest = 0;
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        int ink = Byte.toUnsignedInt(set.pixels()[image * PIXELS + y * 28 + x]);
        if (ink > 0) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
        brightest = Math.max(brightest, ink);
        mass += ink;
        massX += ink * x;
        massY += ink * y;
      }
    }
    String which = "image " + image + " of " + set.size();
    int longer = Math.max(right - left, bottom - top) + 1;
    assertTrue(longer <= 20, which + " is larger than its box: " + longer);
    assertTrue(longer >= 19, which + " does not fill its box: " + longer);
    assertTrue(brightest >= 200, which + " is faint: " + brightest);
    // Moved by whole pixels, so at most half a pixel and what the rounding of greys adds; further
    // only where the box has come to the image's edge.
    double freeX = left > 0 && right < 27 ? 0.51 : 2;
    double freeY = top > 0 && bottom < 27 ? 0.51 : 2;
    assertEquals(14, massX / mass, freeX, which + ": centre of mass from left to right");
    assertEquals(14, massY / mass, freeY, which + ": centre of mass from top to bottom");
    return Math.max(Math.abs(massX / mass - 14), Math.abs(massY / mass - 14)) > 1;
  }

  @Test
  void pixelsReachFromPaperToFullInk() {
    int[] counts = new int[256];
    for (byte pixel : canonical.test().pixels()) {
      counts[Byte.toUnsignedInt(pixel)]++;
    }
    assertTrue(counts[0] > canonical.test().pixels().length / 2);
    assertTrue(counts[255] > canonical.test().pixels().length / 50);
    // Anti-aliased: greys of every value.
    for (int value = 0; value < 256; value++) {
      assertTrue(counts[value] > 0, "no pixel has the value " + value);
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
