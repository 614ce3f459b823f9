package io.mnist4j.data.catalogue;

import java.util.List;

/**
 * A data set that the program knows by name.
 *
 * @param name such as {@code mnist}
 * @param description a few words about what the images show
 * @param classNames the name of each class; index = label, less the layout's first label
 * @param trainImages number of training images
 * @param testImages number of test images
 * @param files one for each {@link FileRole}, in that order, or files of other forms; none if the
 *     program makes the images
 * @param mirrors base addresses ending in a slash, the best first
 */
public record CatalogueEntry(
    String name,
    String description,
    List<String> classNames,
    int trainImages,
    int testImages,
    List<CatalogueFile> files,
    List<String> mirrors,
    DatasetLayout layout) {
  static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /**
   * @throws IllegalArgumentException if there are IDX files, and not one for each role, in order
   */
  public CatalogueEntry {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
    mirrors = List.copyOf(mirrors);
    List<FileRole> roles = files.stream().flatMap(file -> file.role().stream()).toList();
    if (!roles.isEmpty()
        && (!roles.equals(List.of(FileRole.values())) || files.size() != roles.size())) {
      throw new IllegalArgumentException(name + ": not one file for each role: " + files);
    }
  }

  /** An entry whose files lie in a folder of its name, as MNIST's do. */
  public static CatalogueEntry of(
      String name,
      String description,
      List<String> classNames,
      int trainImages,
      int testImages,
      List<CatalogueFile> files,
      List<String> mirrors) {
    return new CatalogueEntry(
        name,
        description,
        classNames,
        trainImages,
        testImages,
        files,
        mirrors,
        DatasetLayout.plain(name));
  }

  /** The same with another layout. */
  public CatalogueEntry with(DatasetLayout other) {
    return new CatalogueEntry(
        name, description, classNames, trainImages, testImages, files, mirrors, other);
  }

  /** Whether the program makes the images, so that there are no files. */
  public boolean isGenerated() {
    return files.isEmpty();
  }

  /** Whether its files are IDX files, one for each role. */
  public boolean isIdx() {
    return !files.isEmpty() && files.get(0).form() == FileForm.IDX;
  }

  /** Whether it has no images: its files say something of those of other data sets. */
  public boolean isTable() {
    return !files.isEmpty() && files.get(0).form() == FileForm.LABEL_TABLE;
  }

  /** Whether its files are known by their content, and small. */
  public boolean isKnownByContent() {
    return files.stream()
        .flatMap(file -> file.hash().stream())
        .anyMatch(hash -> hash.kind() == FileHash.HashKind.CONTENT);
  }
}
