package io.mnist4j.data.catalogue;

import io.mnist4j.data.catalogue.FileHash.HashKind;
import java.util.List;
import java.util.Optional;

/** Data sets that were made after MNIST's example, each by other people. */
final class Relatives {
  private static final String TORCHVISION = "torchvision";
  private static final List<String> QMNIST_MIRRORS =
      List.of("https://raw.githubusercontent.com/facebookresearch/qmnist/master/");

  /** A reconstruction of MNIST with 50,000 more test images (Yadav, Bottou). */
  private static final CatalogueEntry QMNIST =
      CatalogueEntry.of(
          "qmnist",
          "MNIST made anew, with its lost test images",
          CatalogueEntry.DIGITS,
          60_000,
          60_000,
          List.of(
              idx(
                  FileRole.TRAIN_IMAGES,
                  "qmnist-train-images-idx3-ubyte.gz",
                  md5("ed72d4157d28c017586c42bc6afe6370"),
                  47_040_016),
              idx(
                      FileRole.TRAIN_LABELS,
                      "qmnist-train-labels-idx2-int.gz",
                      md5("0058f8dd561b90ffdd0f734c6a30e5e4"),
                      1_920_012)
                  .ofLength(463_024),
              idx(
                  FileRole.TEST_IMAGES,
                  "qmnist-test-images-idx3-ubyte.gz",
                  md5("1394631089c404de565df7b7aeaf9412"),
                  47_040_016),
              idx(
                      FileRole.TEST_LABELS,
                      "qmnist-test-labels-idx2-int.gz",
                      md5("5b5b05890a5e13444e108efe57b788aa"),
                      1_920_012)
                  .ofLength(526_800)),
          QMNIST_MIRRORS);

  /**
   * Who wrote the images of MNIST and QMNIST: QMNIST's own tables of labels, which lie where that
   * data set has them. The first of the test table's rows are MNIST's test images.
   */
  static final CatalogueEntry MNIST_WRITERS =
      CatalogueEntry.of(
              "mnist-writers",
              "who wrote the images of mnist and qmnist, no images",
              CatalogueEntry.DIGITS,
              60_000,
              60_000,
              List.of(
                  CatalogueFile.ofTable(
                      "qmnist-train-labels-idx2-int.gz",
                      "bb1b6e1ec7b04fd5696f1ed50b5f58f8ef195118edd5c93c81783df9740b8ac5",
                      1_920_012),
                  CatalogueFile.ofTable(
                      "qmnist-test-labels-idx2-int.gz",
                      "92d0ccb8c25f9c6534270fb4be7e1d24a1c6d315edfc8a638bfbd31c70f362dd",
                      1_920_012)),
              QMNIST_MIRRORS)
          .with(DatasetLayout.plain("qmnist"));

  /** Cursive hiragana, one of each row (Clanuwat and others). */
  private static final CatalogueEntry KMNIST =
      CatalogueEntry.of(
          "kmnist",
          "cursive hiragana, 10 of them",
          List.of("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"),
          60_000,
          10_000,
          List.of(
              idx(
                      FileRole.TRAIN_IMAGES,
                      FileRole.TRAIN_IMAGES.gzipName(),
                      md5("bdb82020997e1d708af4cf47b453dcf7"),
                      47_040_016)
                  .ofLength(18_165_135),
              idx(
                      FileRole.TRAIN_LABELS,
                      FileRole.TRAIN_LABELS.gzipName(),
                      md5("e144d726b3acfaa3e44228e80efcd344"),
                      60_008)
                  .ofLength(29_497),
              idx(
                      FileRole.TEST_IMAGES,
                      FileRole.TEST_IMAGES.gzipName(),
                      md5("5c965bf0a639b31b8f53240b1b52f4d7"),
                      7_840_016)
                  .ofLength(3_041_136),
              idx(
                      FileRole.TEST_LABELS,
                      FileRole.TEST_LABELS.gzipName(),
                      md5("7320c461ea6c1c855c0b718fb2a4b134"),
                      10_008)
                  .ofLength(5_120)),
          List.of("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"));

  /** All hiragana and the iteration mark, of which some are rare (Clanuwat and others). */
  private static final CatalogueEntry K49 =
      CatalogueEntry.of(
          "k49",
          "cursive hiragana, all 49",
          "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをんゝ"
              .chars()
              .mapToObj(Character::toString)
              .toList(),
          232_365,
          38_547,
          List.of(
              npz("k49-train-imgs.npz", "7ac088b20481cf51dcd01ceaab89d821", 66_117_696),
              npz("k49-train-labels.npz", "44a8e1b893f81e63ff38d73cad420f7a", 164_485),
              npz("k49-test-imgs.npz", "d352e201d846ce6b94f42c990966f374", 10_971_201),
              npz("k49-test-labels.npz", "4da6f7a62e67a832d5eb1bd85c5ee448", 27_450)),
          List.of("http://codh.rois.ac.jp/kmnist/dataset/k49/"));

  /** Digits of the Kannada script (Prabhu). The hashes are those that its repository has. */
  private static final CatalogueEntry KANNADA =
      CatalogueEntry.of(
          "kannada",
          "digits of the Kannada script",
          CatalogueEntry.DIGITS,
          60_000,
          10_000,
          List.of(
              idx(
                  FileRole.TRAIN_IMAGES,
                  "X_kannada_MNIST_train-idx3-ubyte.gz",
                  gitBlob("b588ed8355da1fc0dd0c2707947c132f7aa427c0"),
                  47_040_016),
              idx(
                      FileRole.TRAIN_LABELS,
                      "y_kannada_MNIST_train-idx1-ubyte.gz",
                      gitBlob("bcfa4effc50c989ea25264975dc38e14d6f8ecc1"),
                      60_008)
                  .ofLength(199),
              idx(
                      FileRole.TEST_IMAGES,
                      "X_kannada_MNIST_test-idx3-ubyte.gz",
                      gitBlob("1dc875a6b5278cf9504eda58ac28530bb65817e9"),
                      7_840_016)
                  .ofLength(1_120_203),
              idx(
                      FileRole.TEST_LABELS,
                      "y_kannada_MNIST_test-idx1-ubyte.gz",
                      gitBlob("46809f488ce804791478598cc66f7ef85639eae1"),
                      10_008)
                  .ofLength(103)),
          List.of(
              "https://raw.githubusercontent.com/vinayprabhu/Kannada_MNIST/master/data/output_tensors/MNIST_format/"));

  /** Digits of envelopes, 16x16 (Hull). Label 1 of the files is the digit 0. */
  private static final CatalogueEntry USPS =
      CatalogueEntry.of(
              "usps",
              "digits of envelopes, 16x16",
              CatalogueEntry.DIGITS,
              7_291,
              2_007,
              List.of(
                  CatalogueFile.of(
                      "usps.bz2",
                      FileForm.LIBSVM,
                      hash("ec16c51db3855ca6c91edd34d0e9b197"),
                      1 << 24),
                  CatalogueFile.of(
                      "usps.t.bz2",
                      FileForm.LIBSVM,
                      hash("8ea070ee2aca1ac39742fdd1ef5ed118"),
                      1 << 24)),
              List.of("https://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets/multiclass/"))
          .with(DatasetLayout.labelsFrom("usps", 1));

  /** MNIST, and MNIST in 15 corruptions (Mu, Gilmer); a folder for each in the zip. */
  private static final CatalogueEntry MNIST_C =
      CatalogueEntry.of(
          "mnist-c",
          "MNIST, corrupted in 15 ways",
          CatalogueEntry.DIGITS,
          16 * 60_000,
          16 * 10_000,
          List.of(
              CatalogueFile.of(
                      "mnist_c.zip",
                      FileForm.ZIP,
                      new FileHash(
                          HashKind.SHA256,
                          "af9ee8c6a815870c7fdde5af84c7bf8db0bcfa1f41056db83871037fba70e493",
                          "TensorFlow Datasets"),
                      246_661_575)
                  .ofLength(246_661_575)),
          List.of("https://zenodo.org/record/3239543/files/"));

  static final List<CatalogueEntry> ENTRIES =
      List.of(QMNIST, MNIST_WRITERS, KMNIST, K49, KANNADA, USPS, MNIST_C);

  private Relatives() {}

  private static CatalogueFile idx(
      FileRole role, String name, Optional<FileHash> hash, long contentBytes) {
    return CatalogueFile.idx(role, name, hash, contentBytes);
  }

  private static CatalogueFile npz(String name, String md5, long bytes) {
    return CatalogueFile.of(
            name, FileForm.NPZ, new FileHash(HashKind.MD5, md5, "dataset mirror of Mila"), bytes)
        .ofLength(bytes);
  }

  private static FileHash hash(String md5) {
    return new FileHash(HashKind.MD5, md5, TORCHVISION);
  }

  private static Optional<FileHash> md5(String md5) {
    return Optional.of(hash(md5));
  }

  private static Optional<FileHash> gitBlob(String sha1) {
    return Optional.of(
        new FileHash(HashKind.GIT_BLOB, sha1, "github.com/vinayprabhu/Kannada_MNIST"));
  }
}
