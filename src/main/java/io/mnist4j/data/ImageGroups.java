package io.mnist4j.data;

import java.util.List;

/**
 * Which group each image of a set belongs to, such as the people who wrote it.
 *
 * @param names of the groups
 * @param ofRows the group of each row of the set that was read: an index of the names, or -1 where
 *     the row has none
 */
public record ImageGroups(List<String> names, int[] ofRows) {
  public ImageGroups {
    names = List.copyOf(names);
  }

  /**
   * The group of each of some images that were taken from the set.
   *
   * @return {@code [n]} indices of the names
   */
  public int[] of(ImageSet images) {
    int[] groups = new int[images.size()];
    for (int image = 0; image < groups.length; image++) {
      groups[image] = ofRows[images.row(image)];
    }
    return groups;
  }
}
