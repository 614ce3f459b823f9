package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.DigitVerifier;
import java.util.ArrayList;
import java.util.List;

/** How sure it is that images show what a network says. Safe for use by several threads at once. */
abstract sealed class DigitCheck {

  /** The check for a network: its digits are looked at twice, other classes are believed. */
  static DigitCheck of(int height, int width, List<String> labels) {
    boolean digits = labels.stream().allMatch(label -> label.matches("[0-9]"));
    boolean side = height == DigitVerifier.SIDE && width == DigitVerifier.SIDE;
    return digits && side ? new SecondLook(labels) : new Belief();
  }

  /**
   * One for each image, in their order: the probability that it shows one whole digit (or what else
   * the network knows) and that its prediction names it, 0 to 1.
   */
  final List<Float> certainties(List<GreyImage> images, List<Prediction> predictions) {
    List<Float> certainties = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      certainties.add(certainty(images.get(i), predictions.get(i)));
    }
    return certainties;
  }

  /**
   * How much a certainty of 1 says for one digit more where ink might also be cut into fewer: as a
   * probability.
   */
  float weight() {
    return 1;
  }

  abstract float certainty(GreyImage image, Prediction prediction);

  /** The probability that the network and the verifier see the same digit. */
  private static final class SecondLook extends DigitCheck {
    private final int[] digits;

    SecondLook(List<String> labels) {
      digits = labels.stream().mapToInt(Integer::parseInt).toArray();
    }

    @Override
    float certainty(GreyImage image, Prediction prediction) {
      float[] verified = DigitVerifier.shipped().probabilities(image);
      float same = 0;
      for (int i = 0; i < digits.length; i++) {
        same += prediction.probabilities().get(i) * verified[digits[i]];
      }
      return same;
    }
  }

  /** The network's own probability. */
  private static final class Belief extends DigitCheck {
    @Override
    float certainty(GreyImage image, Prediction prediction) {
      return prediction.probability();
    }

    @Override
    float weight() {
      return 0.5f;
    }
  }
}
