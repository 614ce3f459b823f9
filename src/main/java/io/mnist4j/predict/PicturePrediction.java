package io.mnist4j.predict;

import java.util.Comparator;
import java.util.List;

/**
 * What was read in one picture.
 *
 * @param file its name, as it was given
 * @param labels of all classes; index = output of the network
 * @param readings of all digits that were found, in reading order
 * @param strip whether all of them were asked for, or one
 */
public record PicturePrediction(
    String file, List<String> labels, List<RecognizedDigit> readings, boolean strip) {

  /** What is told: all of a strip, else the largest digit, if there is one. */
  public List<RecognizedDigit> told() {
    Comparator<RecognizedDigit> bySize = Comparator.comparingLong(r -> r.digit().box().area());
    return strip ? readings : readings.stream().max(bySize).stream().toList();
  }

  /** Whether there is more to read than is told. */
  public boolean hasMore() {
    return !strip && readings.size() > 1;
  }
}
