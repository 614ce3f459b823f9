package io.mnist4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedTest {
  /** 70 images of class 0, 25 of class 2, 4 of class 200, 1 of class 255; each pixel its index. */
  private static final ImageSet IMAGES = images(70, 25, 4, 1);

  @Test
  void eachClassKeepsItsShare() {
    // 20 % of 70, 25, 4 and 1 is 14, 5, 0.8 and 0.2; none may be missing.
    assertArrayEquals(new int[] {14, 4, 1, 1}, counts(Stratified.choose(IMAGES, 20, 1)));
    assertArrayEquals(new int[] {1, 1, 1, 1}, counts(Stratified.choose(IMAGES, 4, 1)));
    assertArrayEquals(new int[] {70, 25, 4, 1}, counts(Stratified.choose(IMAGES, 100, 1)));
    assertArrayEquals(new int[] {69, 25, 4, 1}, counts(Stratified.choose(IMAGES, 99, 1)));
  }

  @Test
  void indicesAscendAndAreDistinct() {
    int[] chosen = Stratified.choose(IMAGES, 37, 5);
    assertEquals(37, chosen.length);
    assertArrayEquals(IntStream.of(chosen).sorted().distinct().toArray(), chosen);
  }

  @Test
  void foldsShareTheImagesOutEvenly() {
    int[] seen = new int[100];
    int[][] sizes = new int[3][];
    for (int fold = 1; fold <= 3; fold++) {
      int[] part = Stratified.fold(IMAGES, 3, fold, 7);
      assertArrayEquals(part, Stratified.fold(IMAGES, 3, fold, 7));
      assertArrayEquals(IntStream.of(part).sorted().distinct().toArray(), part);
      IntStream.of(part).forEach(image -> seen[image]++);
      sizes[fold - 1] = counts(part);
    }
    assertEquals(100, IntStream.of(seen).filter(times -> times == 1).count());
    for (int c = 0; c < 4; c++) {
      int label = c;
      int[] ofClass = Arrays.stream(sizes).mapToInt(counts -> counts[label]).sorted().toArray();
      assertFalse(ofClass[2] - ofClass[0] > 1, Arrays.toString(ofClass));
    }
    int[] all = Arrays.stream(sizes).mapToInt(counts -> IntStream.of(counts).sum()).toArray();
    assertArrayEquals(new int[] {33, 33, 34}, IntStream.of(all).sorted().toArray());
    assertFalse(Arrays.equals(Stratified.fold(IMAGES, 3, 1, 7), Stratified.fold(IMAGES, 3, 1, 8)));
    assertEquals(1, Stratified.fewestOfAClass(IMAGES));
  }

  @Test
  void dependsOnTheSeedAlone() {
    int[] chosen = Stratified.choose(IMAGES, 8, 7);
    assertArrayEquals(chosen, Stratified.choose(IMAGES, 8, 7));
    assertFalse(Arrays.equals(chosen, Stratified.choose(IMAGES, 8, 8)));
    assertEquals("[11, 27, 41, 50, 56, 94, 98, 99]", Arrays.toString(chosen));
  }

  @Test
  void everyImageIsAsLikelyAsAnother() {
    int[] times = new int[100];
    for (int seed = 0; seed < 4000; seed++) {
      for (int image : Stratified.choose(IMAGES, 50, seed)) {
        times[image]++;
      }
    }
    // Half of 4000; the standard deviation is 32.
    for (int image = 0; image < 99; image++) {
      assertEquals(2000, times[image], 160, "image " + image);
    }
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Stratified.choose(IMAGES, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> Stratified.choose(IMAGES, 101, 1));
  }

  @Test
  void subsetsKeepPixelsWithTheirLabels() {
    ImageSet subset = IMAGES.subset(new int[] {99, 3, 71});
    assertArrayEquals(new byte[] {99, 99, 3, 3, 71, 71}, subset.pixels());
    assertArrayEquals(new byte[] {(byte) 255, 0, 2}, subset.labels());
    int[] some = Stratified.choose(IMAGES, 37, 5);
    ImageSet rest = IMAGES.without(some);
    assertEquals(63, rest.size());
    for (int i = 0; i < rest.size(); i++) {
      assertFalse(Arrays.binarySearch(some, rest.pixels()[2 * i]) >= 0);
    }
  }

  @Test
  void classesAreRelabelledInTheOrderGiven() {
    ImageSet two = IMAGES.ofClasses(new int[] {255, 200});
    assertArrayEquals(new byte[] {95, 95, 96, 96, 97, 97, 98, 98, 99, 99}, two.pixels());
    assertArrayEquals(new byte[] {1, 1, 1, 1, 0}, two.labels());
    assertEquals(0, IMAGES.ofClasses(new int[] {1, 3}).size());
    assertEquals((byte) 200, IMAGES.labels()[95], "the source is as it was");
  }

  private static int[] counts(int[] chosen) {
    int[] counts = new int[256];
    for (int image : chosen) {
      counts[IMAGES.label(image)]++;
    }
    return new int[] {counts[0], counts[2], counts[200], counts[255]};
  }

  private static ImageSet images(int... counts) {
    int[] classes = {0, 2, 200, 255};
    int size = IntStream.of(counts).sum();
    byte[] pixels = new byte[2 * size];
    byte[] labels = new byte[size];
    int image = 0;
    for (int c = 0; c < counts.length; c++) {
      for (int i = 0; i < counts[c]; i++, image++) {
        pixels[2 * image] = (byte) image;
        pixels[2 * image + 1] = (byte) image;
        labels[image] = (byte) classes[c];
      }
    }
    return new ImageSet(1, 2, pixels, labels);
  }
}
