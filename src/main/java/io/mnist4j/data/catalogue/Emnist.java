package io.mnist4j.data.catalogue;

import io.mnist4j.data.catalogue.FileHash.HashKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The six parts of EMNIST (Cohen, Afshar, Tapson, van Schaik, https://arxiv.org/abs/1702.05373),
 * digits and letters of NIST Special Database 19, which come in one zip.
 */
final class Emnist {
  /** The zip's MD5 stands in torchvision's {@code mnist.py}, its length in TensorFlow Datasets. */
  private static final CatalogueFile ARCHIVE =
      CatalogueFile.of(
              "gzip.zip",
              FileForm.ZIP,
              new FileHash(HashKind.MD5, "58c8d27c78d21e728a6bc7b3cc06412e", "torchvision"),
              561_753_746)
          .ofLength(561_753_746);

  private static final List<String> MIRRORS =
      List.of(
          "https://biometrics.nist.gov/cs_links/EMNIST/",
          "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/");

  private static final String ALL =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Of the letters that look alike in upper and lower case only the upper-case class is kept. */
  private static final String MERGED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt";

  static final List<CatalogueEntry> ENTRIES =
      List.of(
          part("byclass", "digits and letters", characters(ALL), 697_932, 116_323, 0),
          part(
              "bymerge",
              "digits and letters, look-alikes merged",
              characters(MERGED),
              697_932,
              116_323,
              0),
          part("balanced", "as bymerge, as many of each", characters(MERGED), 112_800, 18_800, 0),
          part("letters", "letters of either case", letters(), 124_800, 20_800, 1),
          part("digits", "more handwritten digits", CatalogueEntry.DIGITS, 240_000, 40_000, 0),
          part(
              "mnist",
              "handwritten digits, as many as MNIST's",
              CatalogueEntry.DIGITS,
              60_000,
              10_000,
              0));

  private Emnist() {}

  private static CatalogueEntry part(
      String part, String description, List<String> classNames, int train, int test, int first) {
    List<CatalogueFile> files = new ArrayList<>();
    for (FileRole role : FileRole.values()) {
      String name = "emnist-%s-%s".formatted(part, role.gzipName().replaceFirst("^t10k-", "test-"));
      long images = role.fileName().startsWith("train") ? train : test;
      files.add(CatalogueFile.idx(role, name, Optional.empty(), 16 + images * 28 * 28));
    }
    DatasetLayout layout = new DatasetLayout("emnist", Optional.of(ARCHIVE), "gzip/", true, first);
    return CatalogueEntry.of("emnist-" + part, description, classNames, train, test, files, MIRRORS)
        .with(layout);
  }

  private static List<String> characters(String all) {
    return all.chars().mapToObj(Character::toString).toList();
  }

  /** A class is a letter in both cases: {@code Aa}. */
  private static List<String> letters() {
    return IntStream.rangeClosed('A', 'Z')
        .mapToObj(c -> Character.toString(c) + Character.toString(Character.toLowerCase(c)))
        .toList();
  }
}
