package io.mnist4j.data;

import java.util.List;

/**
 * The images that a run uses, and for what.
 *
 * @param dataset as it was loaded: all images and all classes
 * @param classNames the names of the classes that are used; index = label in the three sets and
 *     output of the network
 * @param train what the network learns from
 * @param validation what it is watched by while it learns; the very object {@code test} where the
 *     test set serves as both
 * @param test what it is judged by in the end
 */
public record DataSplit(
    Dataset dataset, List<String> classNames, ImageSet train, ImageSet validation, ImageSet test) {

  public DataSplit {
    classNames = List.copyOf(classNames);
  }

  /** The number of classes that are used. */
  public int classes() {
    return classNames.size();
  }

  /** Whether the test set is also the validation set. */
  public boolean validatesOnTest() {
    return validation == test;
  }
}
