package io.mnist4j.data.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.Part;
import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyDatasetTest {
  private static final String UNDERSTOOD =
      "; understood are names such as x_train, y_train, x_val, y_val, x_test and y_test, or"
          + " train_images and train_labels, or images and labels, data and target";

  /** Each array has as many images or labels as its place in the list, counted from 1, in pairs. */
  @ParameterizedTest
  @CsvSource({
    "x_train y_train x_test y_test, train=1 test=2",
    "train_images train_labels val_images val_labels test_images test_labels,"
        + " train=1 validation=2 test=3",
    "images labels, train=1",
    "x y, train=1",
    "X y, train=1",
    "data target, train=1",
    "features targets, train=1",
    "trainImages trainLabels testImages testLabels, train=1 test=2",
    "X_TRAIN Y_TRAIN X_VALID Y_VALID, train=1 validation=2",
    "x_data y_data, train=1",
    "image_test image_labels_test, test=1",
    "mnist/train/images mnist/train/labels mnist/test/images mnist/test/labels, train=1 test=2",
    "x y x_test y_test, train=1 test=2"
  })
  void namesOfArrays(String names, String expected) throws Exception {
    assertEquals(expected, counts(read(npz(names.split(" ", -1)))));
    assertEquals(
        expected, counts(NpyDataset.read(npyFiles(names.split(" ", -1)), Optional.empty())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_kannada_MNIST_train.npz y_kannada_MNIST_train.npz X_kannada_MNIST_test.npz"
            + " y_kannada_MNIST_test.npz",
        "k49-train-imgs.npz k49-train-labels.npz k49-test-imgs.npz k49-test-labels.npz",
        "train/images.npz train/labels.npz test/images.npz test/labels.npz"
      })
  void namesOfFiles(String names) throws Exception {
    List<FileEntry> files = new ArrayList<>();
    for (String name : names.split(" ", -1)) {
      int pair = files.size() / 2 + 1;
      byte[] array = files.size() % 2 == 0 ? NpyFixture.images(pair) : NpyFixture.labels(pair);
      files.add(NpyFixture.inArchive(name, NpyFixture.npz(Map.of("arr_0", array))));
    }
    assertEquals("train=1 test=2", counts(NpyDataset.read(files, Optional.empty())));
  }

  @Test
  void theNameOfTheFileTellsThePart() throws Exception {
    FileEntry file =
        NpyFixture.inArchive(
            "mnist_test.npz",
            NpyFixture.npz(Map.of("x", NpyFixture.images(4), "y", NpyFixture.labels(4))));
    assertEquals("test=4", counts(NpyDataset.read(List.of(file), Optional.empty())));
  }

  @Test
  void onlyATestPartMayLackLabels() throws Exception {
    byte[] images = NpyFixture.images(2);
    byte[] labels = NpyFixture.labels(2);
    Map<Part, Samples> read = read(Map.of("x_train", images, "y_train", labels, "x_test", images));
    assertEquals(Optional.empty(), read.get(Part.TEST).labels());
    refuses(
        "a.npz: expected labels for the images archive.zip: a.npz: x_train, found none of the train"
            + " part; its arrays are x_train [2, 2, 2] uint8"
            + UNDERSTOOD,
        ordered("x_train", images));
    refuses(
        "a.npz: expected images for the labels archive.zip: a.npz: y_test, found none of the test"
            + " part; its arrays are y_test [2] uint8"
            + UNDERSTOOD,
        ordered("y_test", labels));
    // Perhaps the labels are in the array whose name says nothing.
    refuses(
        "a.npz: expected labels for the images archive.zip: a.npz: x_test, found none of the test"
            + " part; its arrays are x_test [2, 2, 2] uint8, digits [2] uint8"
            + UNDERSTOOD,
        ordered("x_test", images, "digits", labels));
  }

  @Test
  void otherArraysAreLeftAside() throws Exception {
    byte[] names =
        NpyFixture.npyOf(NpyFixture.header("|O", 3), new byte[] {(byte) 0x80, 4, 'N', '.'});
    FileEntry file =
        NpyFixture.inArchive(
            "data.npz",
            NpyFixture.npz(
                Map.of(
                    "x", NpyFixture.images(2), "y", NpyFixture.labels(2), "class_names", names)));
    assertEquals("train=2", counts(NpyDataset.read(List.of(file), Optional.empty())));
  }

  @Test
  void namesThatSayNothing() {
    refuses(
        "a.npz: expected arrays of images and labels, found none with such a name; its arrays are"
            + " arr_0 [2, 2, 2] uint8, arr_1 [3] '|O'"
            + UNDERSTOOD,
        ordered(
            "arr_0",
            NpyFixture.images(2),
            "arr_1",
            NpyFixture.npyOf(NpyFixture.header("|O", 3), new byte[0])));
  }

  @Test
  void twoArraysOfOneRole() {
    byte[] images = NpyFixture.images(1);
    refuses(
        "a.npz: expected one array of images of the train part, found both archive.zip: a.npz:"
            + " x_train and archive.zip: a.npz: train_images; its arrays are x_train [1, 2, 2]"
            + " uint8, train_images [1, 2, 2] uint8"
            + UNDERSTOOD,
        ordered("x_train", images, "train_images", images));
  }

  @Test
  void aListOfManyArraysIsShort() {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (int i = 0; i < 300; i++) {
      arrays.put("a".repeat(100) + i, NpyFixture.images(1));
    }
    DataException e = assertThrows(DataException.class, () -> read(arrays));
    assertTrue(e.getMessage().contains(" and 292 others; understood"), e.getMessage());
    assertTrue(e.getMessage().length() < 1_000, e.getMessage());
  }

  @Test
  void countsThatDiffer() {
    refuses(
        "a.npz: y: expected 2 labels, one for each image of archive.zip: a.npz: x, found the shape"
            + " [3]",
        ordered("x", NpyFixture.images(2), "y", NpyFixture.labels(3)));
  }

  @Test
  void npyIsKnownByItsFirstBytes() {
    assertTrue(NpyDataset.isNpy(NpyFixture.images(1)));
    assertFalse(NpyDataset.isNpy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P'}));
    assertFalse(NpyDataset.isNpy(new byte[16]));
  }

  private static Map<String, byte[]> npz(String... names) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (String name : names) {
      int pair = arrays.size() / 2 + 1;
      arrays.put(name, arrays.size() % 2 == 0 ? NpyFixture.images(pair) : NpyFixture.labels(pair));
    }
    return arrays;
  }

  private static List<FileEntry> npyFiles(String... names) {
    List<FileEntry> files = new ArrayList<>();
    npz(names).forEach((name, array) -> files.add(NpyFixture.inArchive(name + ".npy", array)));
    return files;
  }

  private static Map<String, byte[]> ordered(Object... namesAndArrays) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (int i = 0; i < namesAndArrays.length; i += 2) {
      arrays.put((String) namesAndArrays[i], (byte[]) namesAndArrays[i + 1]);
    }
    return arrays;
  }

  private static Map<Part, Samples> read(Map<String, byte[]> arrays) throws DataException {
    return NpyDataset.read(
        List.of(NpyFixture.inArchive("a.npz", NpyFixture.npz(arrays))), Optional.empty());
  }

  private static String counts(Map<Part, Samples> parts) {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + "=" + part.getValue().labels().orElseThrow().length)
        .collect(Collectors.joining(" "));
  }

  private static void refuses(String complaint, Map<String, byte[]> arrays) {
    DataException e = assertThrows(DataException.class, () -> read(arrays));
    assertEquals("archive.zip: " + complaint, e.getMessage());
  }
}
