package io.mnist4j.data.catalogue;

import java.util.List;

/** A data set that the program knows by name. */
public sealed interface CatalogueEntry permits IdxEntry, GeneratedEntry {
  /** What {@code --dataset} takes, such as {@code mnist}. */
  String name();

  /** A few words about what is to be seen. */
  String description();

  /** The name of each class; index = label. */
  List<String> classNames();

  /** The number of images to learn from. */
  int trainImages();

  /** The number of images to be judged by. */
  int testImages();
}
