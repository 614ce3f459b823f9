package io.mnist4j.report.text;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.explain.Counterfactual;
import io.mnist4j.predict.Prediction;
import io.mnist4j.text.KebabCase;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * A digit whose answer was to be changed with as little ink as can be. What is null was not found.
 *
 * @param file of the picture that it is in, as it was given
 * @param digit what it was read as
 * @param probability of that, 0 to 1
 * @param target the class that it was to be taken for
 * @param targetProbability of that class in the changed image
 * @param ink that comes and goes, in pixels from white to black
 * @param added how much of it comes
 * @param removed how much of it goes
 * @param pixels that are changed
 * @param picture the file that shows it
 */
@KebabCase
public record ChangedDigit(
    String file,
    String digit,
    float probability,
    String target,
    @JsonInclude(NON_NULL) Float targetProbability,
    @JsonInclude(NON_NULL) Double ink,
    @JsonInclude(NON_NULL) Double added,
    @JsonInclude(NON_NULL) Double removed,
    @JsonInclude(NON_NULL) Integer pixels,
    @JsonInclude(NON_NULL) String picture) {

  /** A digit for which nothing was found. */
  public static ChangedDigit unchanged(String file, Prediction before, String target) {
    return new ChangedDigit(
        file, before.label(), before.probability(), target, null, null, null, null, null, null);
  }

  /**
   * A digit with the change that was found.
   *
   * @param picture the file that shows it
   */
  public static ChangedDigit of(
      String file, Prediction before, String target, Counterfactual found, String picture) {
    return new ChangedDigit(
        file,
        before.label(),
        before.probability(),
        target,
        found.prediction().probability(),
        found.ink(),
        found.added(),
        found.removed(),
        found.pixels(),
        picture);
  }
}
