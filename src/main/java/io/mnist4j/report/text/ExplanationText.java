package io.mnist4j.report.text;

import io.mnist4j.explain.ExplanationQuality;
import io.mnist4j.explain.MeanEstimate;
import io.mnist4j.explain.MeasuredExplanations;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import java.util.List;
import java.util.stream.Collectors;

/** What explanations have come to, as a person reads it. */
public final class ExplanationText {
  private static final String ROW = "%-21s %15s %15s %15s %12s";

  private ExplanationText() {}

  /** How good explanations are: a table, and how to read it. */
  public static String of(MeasuredExplanations measured) {
    StringBuilder text = new StringBuilder();
    text.append(
        NumberText.format(
            "Explanations of what %s says of %,d test images of %s\n\n",
            measured.model(), measured.images(), measured.dataset()));
    line(text, ROW, "method", "deletion", "insertion", "infidelity", "unexplained");
    for (ExplanationQuality quality : measured.methods()) {
      line(
          text,
          ROW,
          quality.method(),
          estimate(quality.deletion(), 3),
          estimate(quality.insertion(), 3),
          estimate(quality.infidelity(), 2),
          NumberText.percent(quality.unexplained(), 1));
    }
    return text.append(
            """

            deletion: mean probability of the answer while its pixels turn into paper, the most important
              first: the lower the better
            insertion: the same while they come into the blurred image: the higher the better
            infidelity: error of what is foretold when the ink of a square goes, in nats²: the lower the
              better; unexplained: as a share of what happens then
            random: random numbers in place of an explanation; ± is the 95 % interval of the mean
            """)
        .toString();
  }

  private static String estimate(MeanEstimate estimate, int decimals) {
    return NumberText.format(
        "%." + decimals + "f ± %." + decimals + "f", estimate.mean(), estimate.margin());
  }

  private static void line(StringBuilder text, String pattern, Object... values) {
    text.append(NumberText.format(pattern, values).stripTrailing()).append('\n');
  }

  /** A line for each digit that was explained. */
  public static String of(List<ExplainedDigit> digits) {
    return digits.stream()
        .map(
            digit ->
                NumberText.format(
                    "%s: %s (%.4f), why: %s\n",
                    digit.file(), digit.digit(), digit.probability(), digit.picture()))
        .collect(Collectors.joining());
  }

  private record ExplainedDocument(List<ExplainedDigit> explanations) {}

  /** The document of {@code explain --format json}. */
  public static String json(List<ExplainedDigit> digits) {
    return Json.pretty(new ExplainedDocument(digits));
  }

  /** A line for each digit whose answer was to be changed. */
  public static String ofChanges(List<ChangedDigit> digits) {
    return digits.stream().map(ExplanationText::line).collect(Collectors.joining());
  }

  private static String line(ChangedDigit digit) {
    String before =
        NumberText.format("%s: %s (%.4f)", digit.file(), digit.digit(), digit.probability());
    if (digit.picture() == null) {
      return "%s, and no change was found that makes it %s\n".formatted(before, digit.target());
    }
    if (digit.pixels() == 0) {
      return "%s already; %s\n".formatted(before, digit.picture());
    }
    return NumberText.format(
        "%s becomes %s (%.4f) with the ink of %.1f pixels: %.1f added, %.1f removed, %d changed; %s\n",
        before,
        digit.target(),
        digit.targetProbability(),
        digit.ink(),
        digit.added(),
        digit.removed(),
        digit.pixels(),
        digit.picture());
  }

  @KebabCase
  private record ChangedDocument(List<ChangedDigit> counterfactuals) {}

  /** The document of {@code explain --counterfactual --format json}. */
  public static String jsonOfChanges(List<ChangedDigit> digits) {
    return Json.pretty(new ChangedDocument(digits));
  }
}
