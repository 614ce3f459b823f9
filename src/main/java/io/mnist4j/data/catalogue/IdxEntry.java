package io.mnist4j.data.catalogue;

import java.util.List;

/**
 * A data set that lies on disk as four IDX files.
 *
 * @param name also the name of its folder
 * @param description a few words
 * @param classNames the name of each class; index = label
 * @param trainImages number of images to learn from
 * @param testImages number of images to be judged by
 * @param files one for each {@link FileRole}, in that order
 * @param mirrors base addresses ending in a slash, the best first
 */
public record IdxEntry(
    String name,
    String description,
    List<String> classNames,
    int trainImages,
    int testImages,
    List<CatalogueFile> files,
    List<String> mirrors)
    implements CatalogueEntry {

  /**
   * @throws IllegalArgumentException if the files are not one for each role, in order
   */
  public IdxEntry {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
    mirrors = List.copyOf(mirrors);
    if (!files.stream().map(CatalogueFile::role).toList().equals(List.of(FileRole.values()))) {
      throw new IllegalArgumentException(name + ": not one file for each role: " + files);
    }
  }
}
