package io.mnist4j.data.catalogue;

import io.mnist4j.data.idx.IdxKind;
import java.util.List;

/** The four files of an IDX data set, under the names that MNIST gave them. */
public enum FileRole {
  TRAIN_IMAGES("train-images-idx3-ubyte", IdxKind.IMAGES),
  TRAIN_LABELS("train-labels-idx1-ubyte", IdxKind.LABELS),
  TEST_IMAGES("t10k-images-idx3-ubyte", IdxKind.IMAGES),
  TEST_LABELS("t10k-labels-idx1-ubyte", IdxKind.LABELS);

  private final String fileName;
  public final IdxKind kind;

  FileRole(String fileName, IdxKind kind) {
    this.fileName = fileName;
    this.kind = kind;
  }

  /** The standard name of the uncompressed file, such as {@code train-images-idx3-ubyte}. */
  public String fileName() {
    return fileName;
  }

  /** The name of the compressed file, as mirrors have it. */
  public String gzipName() {
    return fileName + ".gz";
  }

  /**
   * Every name under which the file is looked for, in order. Some programs unpack it as {@code
   * train-images.idx3-ubyte}.
   */
  public List<String> names() {
    String dotted = fileName.replace("-idx", ".idx");
    return List.of(gzipName(), fileName, dotted + ".gz", dotted);
  }
}
