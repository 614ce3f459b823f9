package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.errors.ConfigException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSelectionTest {
  /** 120 + 20 images of one pixel, which is their index, in Fashion-MNIST's ten classes. */
  private static final Dataset DATASET =
      new Dataset(
          "tiny", Catalogue.FASHION_MNIST.classNames(), images(120), images(20), new TreeMap<>());

  @Test
  void everythingIsUsedUnlessAskedOtherwise() throws Exception {
    DataSplit split = select(0, List.of(), "test");
    assertSame(DATASET, split.dataset());
    assertSame(DATASET.train(), split.train());
    assertSame(DATASET.test(), split.test());
    assertSame(split.test(), split.validation());
    assertTrue(split.validatesOnTest());
    assertEquals(DATASET.classNames(), split.classNames());
    assertSame(DATASET.train(), select(120, List.of(), "test").train());
    assertSame(DATASET.train(), select(1000, List.of(), "test").train());
  }

  @Test
  void limitKeepsSharesAndLeavesTheTestSetWhole() throws Exception {
    DataSplit split = select(30, List.of(), "test");
    assertEquals(30, split.train().size());
    int[] counts = new int[10];
    for (int i = 0; i < 30; i++) {
      counts[split.train().label(i)]++;
    }
    assertArrayEquals(new int[] {3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, counts);
    assertSame(DATASET.test(), split.test());
    assertArrayEquals(split.train().pixels(), select(30, List.of(), "test").train().pixels());
    assertFalse(
        Arrays.equals(
            split.train().pixels(),
            DataSelection.of(DATASET, spec("x", 30, List.of(), "test"), 2).train().pixels()));
  }

  @Test
  void validationIsSplitOffAndNothingIsInBoth() throws Exception {
    DataSplit split = select(0, List.of(), "0.25");
    assertEquals(90, split.train().size());
    assertEquals(30, split.validation().size());
    assertSame(DATASET.test(), split.test());
    assertFalse(split.validatesOnTest());
    Set<Byte> seen = new HashSet<>();
    for (byte pixel : split.train().pixels()) {
      seen.add(pixel);
    }
    for (byte pixel : split.validation().pixels()) {
      assertTrue(seen.add(pixel));
    }
    assertEquals(120, seen.size());
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      long count =
          IntStream.range(0, 30).filter(i -> split.validation().label(i) == wanted).count();
      assertEquals(3, count);
    }
  }

  @Test
  void limitDoesNotChangeTheValidationImages() throws Exception {
    DataSplit all = select(0, List.of(), "0.25");
    DataSplit few = select(20, List.of(), "0.25");
    assertEquals(20, few.train().size());
    assertArrayEquals(all.validation().pixels(), few.validation().pixels());
  }

  @Test
  void classesByNameOrNumberInTheOrderGiven() throws Exception {
    DataSplit split = select(0, List.of("Sneaker", "1", "T-shirt/top"), "test");
    assertEquals(List.of("Sneaker", "Trouser", "T-shirt/top"), split.classNames());
    assertEquals(3, split.classes());
    assertEquals(36, split.train().size());
    assertEquals(6, split.test().size());
    assertSame(split.test(), split.validation());
    for (int i = 0; i < split.train().size(); i++) {
      int original = split.train().pixels()[i] % 10;
      assertEquals(List.of(7, 1, 0).indexOf(original), split.train().label(i));
    }
    DataSplit part = select(6, List.of("Sneaker", "Bag"), "0.5");
    assertEquals(6, part.train().size());
    assertEquals(12, part.validation().size());
    assertEquals(4, part.test().size());
  }

  @Test
  void namesCountBeforeNumbers() throws Exception {
    Dataset odd = new Dataset("odd", List.of("2", "1", "0"), images(3), images(3), new TreeMap<>());
    DataSpec spec = spec("x", 0, List.of("0", "1"), "test");
    assertArrayEquals(new byte[] {1, 2}, DataSelection.of(odd, spec, 1).train().pixels());
  }

  @Test
  void whatCannotBeIsRefusedInOneLine() {
    assertRefused(
        0,
        List.of("Sneeker", "Bag"),
        "test",
        "data.classes: unknown class 'Sneeker' (there are T-shirt/top, Trouser, Pullover, Dress, "
            + "Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot); did you mean Sneaker?");
    assertRefused(0, List.of("10", "1"), "test", "data.classes: unknown class '10'");
    assertRefused(
        0, List.of("7", "Sneaker"), "test", "data.classes: '7' and 'Sneaker' are the same class");
    assertRefused(
        9, List.of(), "test", "data.limit must be at least 10, an image of each class, not 9");
    assertRefused(
        0,
        List.of(),
        "0.001",
        "data.validation: a share of 0.001 of 120 training images leaves none to validate with");
  }

  @Test
  void classesWithoutImagesAreRefused() throws Exception {
    Dataset few = new Dataset("few", DATASET.classNames(), images(10), images(2), new TreeMap<>());
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> DataSelection.of(few, spec("x", 0, List.of("8", "9"), "test"), 1));
    assertEquals("data.classes: few has no test images of 8, 9", refused.getMessage());
    refused =
        assertThrows(
            ConfigException.class, () -> DataSelection.of(few, spec("x", 0, List.of(), "0.5"), 1));
    assertEquals(
        "data.validation: a share of 0.5 of 10 training images leaves too few to learn 10 classes"
            + " from",
        refused.getMessage());
  }

  private static DataSplit select(int limit, List<String> classes, String validation)
      throws ConfigException {
    return DataSelection.of(DATASET, spec("x", limit, classes, validation), 1);
  }

  private static void assertRefused(
      int limit, List<String> classes, String validation, String expected) {
    String message =
        assertThrows(ConfigException.class, () -> select(limit, classes, validation)).getMessage();
    assertTrue(message.startsWith(expected), message);
    assertEquals(1, message.lines().count());
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) i;
      labels[i] = (byte) (i % 10);
    }
    return new ImageSet(1, 1, pixels, labels);
  }

  private static DataSpec spec(String dataset, int limit, List<String> classes, String validation) {
    return new DataSpec(dataset, limit, classes, validation, 0.15, "auto", "auto", "auto");
  }
}
