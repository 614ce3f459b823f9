package io.mnist4j.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Images with the same pixels, in groups.
 *
 * @param groups of two or more images each, ascending, in the order of their first images
 * @param different one image of each kind, ascending: those that have no double, and the first of
 *     each group
 */
public record DuplicateImages(List<List<Integer>> groups, int[] different) {

  /**
   * Compares all images with each other.
   *
   * @param leftOut images that are not looked at
   */
  public static DuplicateImages of(ImageSet images, IntPredicate leftOut) {
    Map<ByteBuffer, List<Integer>> byPixels = new LinkedHashMap<>(2 * images.size());
    int length = images.pixelsPerImage();
    for (int image = 0; image < images.size(); image++) {
      if (!leftOut.test(image)) {
        // Equal buffers have equal bytes.
        ByteBuffer pixels = ByteBuffer.wrap(images.pixels(), image * length, length).slice();
        byPixels.computeIfAbsent(pixels, unused -> new ArrayList<>(1)).add(image);
      }
    }
    return new DuplicateImages(
        byPixels.values().stream().filter(group -> group.size() > 1).toList(),
        byPixels.values().stream().mapToInt(group -> group.get(0)).toArray());
  }
}
