package io.mnist4j.data.store;

import java.nio.file.Path;

/** What data that is not of the catalogue is called. */
final class DatasetName {
  private DatasetName() {}

  /** The name of its folder or file, without what says its form. */
  static String of(Path path) {
    String name = String.valueOf(path.getFileName());
    String plain =
        name.replaceFirst(
            "(?i)(\\.tar)?\\.(gz|bz2|tgz|zip|tar|npz|npy|csv|tsv|txt|arff|parquet|libsvm|svm)$",
            "");
    return IdxFolder.name(path.resolveSibling(plain.isEmpty() ? name : plain));
  }
}
