package io.mnist4j.run.membership;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import io.mnist4j.train.privacy.PrivacyPlan;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * How well attacks tell the images that a model learned from from others.
 *
 * @param dataset whose images these are
 * @param members that it learned from
 * @param others that it did not
 * @param trainAccuracy of the model on its members
 * @param testAccuracy of the model on the others
 * @param epsilon of a private training; null for others
 * @param delta of a private training; null for others
 */
public record MembershipReport(
    String dataset,
    int members,
    int others,
    double trainAccuracy,
    double testAccuracy,
    List<MembershipAttack> attacks,
    Double epsilon,
    Double delta,
    Path model) {

  public MembershipReport {
    attacks = List.copyOf(attacks);
  }

  /**
   * The advantage that no attack exceeds: what (ε, δ) leaves where the true positive rate is at
   * most e^ε times the false positive rate, plus δ, and the same of the negatives (P. Kairouz, S.
   * Oh and P. Viswanath, "The Composition Theorem for Differential Privacy", 2015). Null where the
   * training was not private.
   */
  public Double largestAdvantage() {
    return epsilon == null
        ? null
        : (Double) ((Math.expm1(epsilon) + 2 * delta) / (Math.exp(epsilon) + 1));
  }

  /** δ in its shortest form; of a private training. */
  public String deltaText() {
    return PrivacyPlan.text(delta);
  }

  /** The document of {@code evaluate --membership --format json}. */
  public String toJson() {
    return Json.pretty(
        new MembershipDocument(
            dataset,
            members,
            others,
            trainAccuracy,
            testAccuracy,
            attacks.stream().map(AttackEntry::of).toList(),
            epsilon,
            delta,
            largestAdvantage(),
            model.toString()));
  }

  @KebabCase
  private record MembershipDocument(
      String dataset,
      int members,
      int others,
      double trainAccuracy,
      double testAccuracy,
      List<AttackEntry> attacks,
      @JsonInclude(NON_NULL) Double epsilon,
      @JsonInclude(NON_NULL) Double delta,
      @JsonInclude(NON_NULL) Double largestAdvantage,
      String model) {}

  private record AttackEntry(
      String name,
      String source,
      double truePositiveRate,
      double falsePositiveRate,
      double advantage,
      List<Double> advantageInterval,
      double auc) {
    static AttackEntry of(MembershipAttack attack) {
      return new AttackEntry(
          attack.name(),
          attack.source(),
          attack.named().value(),
          attack.falselyNamed().value(),
          attack.advantage(),
          List.of(attack.low(), attack.high()),
          attack.auc());
    }
  }
}
