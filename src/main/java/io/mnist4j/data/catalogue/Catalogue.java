package io.mnist4j.data.catalogue;

import io.mnist4j.text.ClosestName;
import java.util.ArrayList;
import java.util.List;

/** The data sets that the program knows, with the hashes that make them what they are. */
public final class Catalogue {
  /** Handwritten digits (LeCun, Cortes, Burges). */
  public static final CatalogueEntry MNIST =
      CatalogueEntry.of(
          "mnist",
          "handwritten digits",
          CatalogueEntry.DIGITS,
          60_000,
          10_000,
          mnistShaped(
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
          List.of(
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
              "https://storage.googleapis.com/cvdf-datasets/mnist/",
              "https://dl4jdata.blob.core.windows.net/datasets/mnist/"));

  /** Pieces of clothing, in MNIST's shape (Xiao, Rasul, Vollgraf). */
  public static final CatalogueEntry FASHION_MNIST =
      CatalogueEntry.of(
          "fashion-mnist",
          "pieces of clothing",
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          60_000,
          10_000,
          mnistShaped(
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
          List.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));

  /** Digits drawn by the program itself. */
  public static final CatalogueEntry STROKES =
      CatalogueEntry.of(
          "strokes",
          "digits drawn by the program",
          CatalogueEntry.DIGITS,
          60_000,
          10_000,
          List.of(),
          List.of());

  /** Who wrote MNIST's images: tables without images. */
  public static final CatalogueEntry MNIST_WRITERS = Relatives.MNIST_WRITERS;

  private static final List<CatalogueEntry> ENTRIES = all();

  private Catalogue() {}

  private static List<CatalogueEntry> all() {
    List<CatalogueEntry> all = new ArrayList<>(List.of(MNIST, FASHION_MNIST, STROKES));
    all.addAll(Relatives.ENTRIES);
    all.addAll(Emnist.ENTRIES);
    return List.copyOf(all);
  }

  /** All entries, in the order in which they are listed. */
  public static List<CatalogueEntry> entries() {
    return ENTRIES;
  }

  /** The names of all entries. */
  public static List<String> names() {
    return entries().stream().map(CatalogueEntry::name).toList();
  }

  /** The names of the entries that have images. */
  public static List<String> imageNames() {
    return entries().stream().filter(entry -> !entry.isTable()).map(CatalogueEntry::name).toList();
  }

  /**
   * Finds an entry by its name.
   *
   * @throws IllegalArgumentException if there is none; the message suggests the closest
   */
  public static CatalogueEntry entry(String name) {
    for (CatalogueEntry entry : entries()) {
      if (entry.name().equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(
        "unknown data set '%s' (there are %s)%s"
            .formatted(name, String.join(", ", names()), ClosestName.question(name, names())));
  }

  private static List<CatalogueFile> mnistShaped(
      String trainImages, String trainLabels, String testImages, String testLabels) {
    return List.of(
        CatalogueFile.ofContent(FileRole.TRAIN_IMAGES, trainImages, 16 + 60_000L * 28 * 28),
        CatalogueFile.ofContent(FileRole.TRAIN_LABELS, trainLabels, 8 + 60_000L),
        CatalogueFile.ofContent(FileRole.TEST_IMAGES, testImages, 16 + 10_000L * 28 * 28),
        CatalogueFile.ofContent(FileRole.TEST_LABELS, testLabels, 8 + 10_000L));
  }
}
