package io.mnist4j.data.catalogue;

/** What a file of a data set is, before any compression around it. */
public enum FileForm {
  IDX,
  /** A zip of NumPy arrays. */
  NPZ,
  /** Lines of {@code label index:value ...}, here in bzip2. */
  LIBSVM,
  ZIP,
  /** A table of labels, IDX of whole numbers: {@code [n, columns]}. */
  LABEL_TABLE
}
