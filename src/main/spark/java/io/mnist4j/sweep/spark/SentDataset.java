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

  private static final class SentImages implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int height;
    private final int width;
    private final byte[] pixels;
    private final byte[] labels;

    SentImages(ImageSet set) {
      height = set.height();
      width = set.width();
      pixels = set.pixels();
      labels = set.labels();
    }

    ImageSet toImageSet() {
      return new ImageSet(height, width, pixels, labels);
    }
  }

  static SentDataset of(Dataset dataset) {
    return new SentDataset(
        dataset.name(),
        new ArrayList<>(dataset.classNames()),
        new SentImages(dataset.train()),
        new SentImages(dataset.test()),
        new TreeMap<>(dataset.contentSha256()));
  }

  /** The same arrays, not copies. */
  Dataset toDataset() {
    return new Dataset(name, classNames, train.toImageSet(), test.toImageSet(), contentSha256);
  }
}
