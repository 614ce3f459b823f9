package io.mnist4j.data.groups;

import io.mnist4j.data.ImageGroups;
import io.mnist4j.data.ImageSet;
import io.mnist4j.text.NaturalOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a table says of some images. */
public final class GroupsOfImages {
  private final GroupRows rows;

  /** The row of each image. */
  private final int[] ofImages;

  GroupsOfImages(GroupRows rows, int[] ofImages) {
    this.rows = rows;
    this.ofImages = ofImages.clone();
  }

  /** What a column says of an image. */
  public String value(String column, int image) {
    return rows.value(column, ofImages[image]);
  }

  /** The groups that the images are in by a column, in natural order: 2 before 10. */
  public List<String> names(String column) {
    TreeSet<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    for (int row : ofImages) {
      names.add(rows.value(column, row));
    }
    return List.copyOf(names);
  }

  /** The group of each image by a column: an index of {@link #names}. */
  public int[] of(String column) {
    List<String> names = names(column);
    Map<String, Integer> indices = new HashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    return Arrays.stream(ofImages).map(row -> indices.get(rows.value(column, row))).toArray();
  }

  /**
   * The groups by a column, for any images that are taken from these.
   *
   * @param images that these are the rows of
   */
  public ImageGroups groups(String column, ImageSet images) {
    int[] ofRows = new int[images.sourceSize()];
    Arrays.fill(ofRows, -1);
    int[] groups = of(column);
    for (int image = 0; image < groups.length; image++) {
      ofRows[images.row(image)] = groups[image];
    }
    return new ImageGroups(new ArrayList<>(names(column)), ofRows);
  }
}
