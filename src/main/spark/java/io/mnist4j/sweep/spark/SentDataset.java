package io.mnist4j.sweep.spark;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.TreeMap;

/** A data set on its way to the executors, which then need no files. */
record SentDataset(
    String name,
    ArrayList<String> classNames,
    SentImages train,
    SentImages test,
    TreeMap<String, String> contentSha256)
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

  static SentDataset of(Dataset dataset) {
    return new SentDataset(
        dataset.name(),
        new ArrayList<>(dataset.classNames()),
        SentImages.of(dataset.train()),
        SentImages.of(dataset.test()),
        new TreeMap<>(dataset.contentSha256()));
  }

  /** The same arrays, not copies. */
  Dataset toDataset() {
    return new Dataset(name, classNames, train.toImageSet(), test.toImageSet(), contentSha256);
  }
}
