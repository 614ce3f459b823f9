package io.mnist4j.data.catalogue;

import java.util.Optional;

/**
 * How the files of a data set lie, and what is odd in them.
 *
 * @param folder its name; several data sets may share one
 * @param archive the file that the mirrors have, from which the others are taken; empty if the
 *     mirrors have the files themselves
 * @param archiveFolder where they lie in it, ending in a slash
 * @param transposed whether images are stored column by column
 * @param firstLabel the label of the first class: 1 in some files
 */
public record DatasetLayout(
    String folder,
    Optional<CatalogueFile> archive,
    String archiveFolder,
    boolean transposed,
    int firstLabel) {

  /** A folder of its own with files as MNIST has them. */
  static DatasetLayout plain(String folder) {
    return labelsFrom(folder, 0);
  }

  /** The same, with labels from another number on. */
  static DatasetLayout labelsFrom(String folder, int firstLabel) {
    return new DatasetLayout(folder, Optional.empty(), "", false, firstLabel);
  }
}
