package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.util.List;

/** How sure a recogniser is that images are digits. */
@FunctionalInterface
public interface Confidence {
  /**
   * One figure for each image.
   *
   * @param images of the network's size: 0 is paper and 255 is ink
   * @return 0 to 1: the probability of the most probable class
   */
  List<Float> of(List<GreyImage> images);
}
