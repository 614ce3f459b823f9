package io.mnist4j.cli;

import io.mnist4j.predict.RecognizedDigit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was read in one picture.
 *
 * @param file its name, as it was given
 * @param labels of all classes; index = output of the network
 * @param readings of all digits that were found, in reading order
 * @param strip whether all of them were asked for, or one
 */
record PicturePrediction(
    String file, List<String> labels, List<RecognizedDigit> readings, boolean strip) {

  /** What is told: all of a strip, else the largest digit, if there is one. */
  List<RecognizedDigit> told() {
    return strip ? readings : largest().stream().toList();
  }

  private Optional<RecognizedDigit> largest() {
    return readings.stream().max(Comparator.comparingLong(r -> r.digit().box().area()));
  }

  /** That there is more to read. */
  Optional<String> warning() {
    return strip || readings.size() < 2
        ? Optional.empty()
        : Optional.of(
            "%s: %d digits were found, and the largest was read; --segment reads them all"
                .formatted(file, readings.size()));
  }
}
