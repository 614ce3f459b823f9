package io.mnist4j.data.catalogue;

import java.util.List;

/**
 * A data set that is made by code and needs neither files nor network.
 *
 * @param name what {@code --dataset} takes
 * @param description a few words
 * @param classNames the name of each class; index = label
 * @param trainImages number of images to learn from
 * @param testImages number of images to be judged by
 */
public record GeneratedEntry(
    String name, String description, List<String> classNames, int trainImages, int testImages)
    implements CatalogueEntry {

  public GeneratedEntry {
    classNames = List.copyOf(classNames);
  }
}
