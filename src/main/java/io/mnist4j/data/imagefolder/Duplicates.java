package io.mnist4j.data.imagefolder;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images that come more than once, pixel for pixel. */
final class Duplicates {
  private int withinParts;
  private int acrossParts;

  private record Occurrence(Part part, byte[] pixels, int start) {}

  /**
   * @param parts all of one image size
   */
  Duplicates(Map<Part, ImageSet> parts) {
    Map<Integer, List<Occurrence>> seen = new HashMap<>();
    parts.forEach(
        (part, images) -> {
          int length = images.pixelsPerImage();
          for (int i = 0; i < images.size(); i++) {
            Occurrence place = new Occurrence(part, images.pixels(), i * length);
            count(
                seen.computeIfAbsent(hash(place, length), any -> new ArrayList<>(1)),
                place,
                length);
          }
        });
  }

  private void count(List<Occurrence> sameHash, Occurrence place, int length) {
    for (Occurrence other : sameHash) {
      if (Arrays.equals(
          other.pixels,
          other.start,
          other.start + length,
          place.pixels,
          place.start,
          place.start + length)) {
        if (other.part == place.part) {
          withinParts++;
        } else {
          acrossParts++;
        }
        return;
      }
    }
    sameHash.add(place);
  }

  private static int hash(Occurrence place, int length) {
    int hash = 1;
    for (int i = place.start; i < place.start + length; i++) {
      hash = 31 * hash + place.pixels[i];
    }
    return hash;
  }

  /** Images that are there once more in their own part. */
  int withinParts() {
    return withinParts;
  }

  /** Images of a later part that an earlier one has, too. */
  int acrossParts() {
    return acrossParts;
  }
}
