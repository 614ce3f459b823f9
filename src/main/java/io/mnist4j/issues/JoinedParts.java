package io.mnist4j.issues;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All images of a data set in one row, the test images first and the training images last: of two
 * that are the same, the later one is spare, and leaving it out must not let the network learn what
 * it is tested on.
 *
 * @param all the images of all parts, one part after another
 */
record JoinedParts(List<JoinedPart> parts, ImageSet all) {
  /**
   * A part, and where it stands in the row.
   *
   * @param name as people write it
   * @param first the place of its first image in the row
   */
  record JoinedPart(String name, ImageSet images, int first) {
    /** Whether the network learns from it. */
    boolean isTrain() {
      return name.equals(Part.TRAIN.toString());
    }

    /** Its places in the row. */
    IntStream range() {
      return IntStream.range(first, first + images.size());
    }
  }

  static JoinedParts of(Dataset dataset) {
    Map<Part, ImageSet> ofDataset = dataset.parts();
    List<JoinedPart> parts = new ArrayList<>();
    int size = 0;
    for (Part part : List.of(Part.TEST, Part.VALIDATION, Part.TRAIN)) {
      ImageSet images = ofDataset.get(part);
      if (images != null) {
        parts.add(new JoinedPart(part.toString(), images, size));
        size += images.size();
      }
    }
    List<ImageSet> sets = parts.stream().map(JoinedPart::images).toList();
    return new JoinedParts(List.copyOf(parts), ImageSet.joined(sets));
  }

  /** What the network learns from. */
  JoinedPart train() {
    return parts.get(parts.size() - 1);
  }

  /** Where an image of the row stands in the data set. */
  ImagePlace place(int image) {
    for (int i = parts.size() - 1; ; i--) {
      if (image >= parts.get(i).first()) {
        return new ImagePlace(parts.get(i).name(), image - parts.get(i).first());
      }
    }
  }
}
