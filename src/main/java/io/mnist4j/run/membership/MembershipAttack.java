package io.mnist4j.run.membership;

import io.mnist4j.eval.Proportion;
import java.util.Arrays;

/**
 * What an attack came to: it names images that it takes for ones that the model learned from.
 *
 * @param name of the attack, as people write it
 * @param source who published it
 * @param named among the members, those that it names: true positives
 * @param falselyNamed among the others, those that it names: false positives
 * @param auc area under the curve of the two shares over all thresholds: the probability that a
 *     member has a higher score than another image; 0.5 is guessing
 */
public record MembershipAttack(
    String name, String source, Proportion named, Proportion falselyNamed, double auc) {

  /**
   * Judges an attack by its scores.
   *
   * @param ofMembers higher where an image is more likely a member
   * @param threshold from which on an image is named
   */
  static MembershipAttack of(
      String name, String source, double[] ofMembers, double[] ofOthers, double threshold) {
    return new MembershipAttack(
        name,
        source,
        atLeast(ofMembers, threshold),
        atLeast(ofOthers, threshold),
        auc(ofMembers, ofOthers));
  }

  private static Proportion atLeast(double[] scores, double threshold) {
    return new Proportion(
        Arrays.stream(scores).filter(score -> score >= threshold).count(), scores.length);
  }

  /** Mann and Whitney's statistic; equal scores count half. */
  private static double auc(double[] ofMembers, double[] ofOthers) {
    double[] members = ofMembers.clone();
    double[] others = ofOthers.clone();
    Arrays.sort(members);
    Arrays.sort(others);
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (double member : members) {
      while (below < others.length && others[below] < member) {
        below++;
      }
      while (notAbove < others.length && others[notAbove] <= member) {
        notAbove++;
      }
      wins += (below + notAbove) / 2.0;
    }
    return wins / members.length / others.length;
  }

  /** True positive rate less false positive rate: 0 is guessing, 1 is knowing. */
  public double advantage() {
    return named.value() - falselyNamed.value();
  }

  /**
   * The lower end of the advantage's 95 % interval: R. Newcombe, "Interval estimation for the
   * difference between independent proportions" (1998), method 10.
   */
  public double low() {
    return advantage()
        - Math.hypot(named.value() - named.low(), falselyNamed.high() - falselyNamed.value());
  }

  /** The upper end. */
  public double high() {
    return advantage()
        + Math.hypot(named.high() - named.value(), falselyNamed.value() - falselyNamed.low());
  }
}
