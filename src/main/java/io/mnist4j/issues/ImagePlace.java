package io.mnist4j.issues;

/**
 * Where an image stands.
 *
 * @param split the part of the data set: {@code train}, {@code validation} or {@code test}
 * @param index from 0, in the data set's own order
 */
public record ImagePlace(String split, int index) {
  @Override
  public String toString() {
    return split + " " + index;
  }
}
