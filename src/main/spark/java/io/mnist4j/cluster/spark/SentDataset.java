package io.mnist4j.cluster.spark;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageGroups;
import io.mnist4j.data.ImageSet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A data set on its way to the executors, which then need no files.
 *
 * @param validation null where there are none
 * @param groupNames of the training images; null where they are in none
 * @param groups of each training image, indices of the names; null where they are in none
 */
public record SentDataset(
    String name,
    ArrayList<String> classNames,
    SentImages train,
    SentImages validation,
    SentImages test,
    TreeMap<String, String> contentSha256,
    ArrayList<String> groupNames,
    int[] groups)
    implements Serializable {

  private record SentImages(int height, int width, byte[] pixels, byte[] labels)
      implements Serializable {
    static SentImages of(ImageSet set) {
      return new SentImages(set.height(), set.width(), set.pixels(), set.labels());
    }

    ImageSet toImageSet() {
      return new ImageSet(height, width, pixels, labels);
    }
  }

  public static SentDataset of(Dataset dataset) {
    return new SentDataset(
        dataset.name(),
        new ArrayList<>(dataset.classNames()),
        SentImages.of(dataset.train()),
        dataset.validation().map(SentImages::of).orElse(null),
        SentImages.of(dataset.test()),
        new TreeMap<>(dataset.contentSha256()),
        dataset.groups().map(found -> new ArrayList<>(found.names())).orElse(null),
        dataset.groups().map(found -> found.of(dataset.train())).orElse(null));
  }

  /** The same arrays, not copies. */
  public Dataset toDataset() {
    return new Dataset(
        name,
        classNames,
        train.toImageSet(),
        Optional.ofNullable(validation).map(SentImages::toImageSet),
        test.toImageSet(),
        contentSha256,
        Optional.ofNullable(groupNames).map(names -> new ImageGroups(names, groups)));
  }
}
