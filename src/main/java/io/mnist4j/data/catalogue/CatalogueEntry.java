package io.mnist4j.data.catalogue;

import java.util.List;

/**
 * A data set that the program knows by name.
 *
 * @param name such as {@code mnist}; also the name of its folder
 * @param description a few words about what the images show
 * @param classNames the name of each class; index = label
 * @param trainImages number of training images
 * @param testImages number of test images
 * @param files one for each {@link FileRole}, in that order; none if the program makes the images
 * @param mirrors base addresses ending in a slash, the best first
 */
public record CatalogueEntry(
    String name,
    String description,
    List<String> classNames,
    int trainImages,
    int testImages,
    List<CatalogueFile> files,
    List<String> mirrors) {

  /**
   * @throws IllegalArgumentException if the files are not one for each role, in order
   */
  public CatalogueEntry {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
    mirrors = List.copyOf(mirrors);
    List<FileRole> roles = files.stream().map(CatalogueFile::role).toList();
    if (!files.isEmpty() && !roles.equals(List.of(FileRole.values()))) {
      throw new IllegalArgumentException(name + ": not one file for each role: " + files);
    }
  }

  /** Whether the program makes the images, so that there are no files. */
  public boolean isGenerated() {
    return files.isEmpty();
  }
}
