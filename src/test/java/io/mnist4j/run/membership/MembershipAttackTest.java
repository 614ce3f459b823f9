package io.mnist4j.run.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.eval.Proportion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipAttackTest {
  /** The example of Newcombe (1998), table II: 56 of 70 less 48 of 80. */
  @Test
  void intervalIsThePublishedOne() {
    MembershipAttack attack =
        new MembershipAttack("a", "b", new Proportion(56, 70), new Proportion(48, 80), 0.5);
    assertEquals(0.2, attack.advantage(), 1e-12);
    assertEquals(0.0524, attack.low(), 5e-5);
    assertEquals(0.3339, attack.high(), 5e-5);
  }

  @Test
  void areaIsTheShareOfPairsInTheRightOrder() {
    double[] members = {3, 1, 2, 2};
    double[] others = {2, 0, 1};
    double pairs = 0;
    for (double member : members) {
      for (double other : others) {
        pairs += member > other ? 1 : member == other ? 0.5 : 0;
      }
    }
    MembershipAttack attack = MembershipAttack.of("a", "b", members, others, 2);
    assertEquals(pairs / 12, attack.auc(), 1e-12);
    assertEquals(new Proportion(3, 4), attack.named());
    assertEquals(new Proportion(1, 3), attack.falselyNamed());
  }

  /** A feature with two values: the estimates are the shares, but for the small penalty. */
  @Test
  void regressionFindsTheShares() {
    double[][] features = new double[200][];
    boolean[] positive = new boolean[200];
    for (int i = 0; i < 200; i++) {
      features[i] = new double[] {i < 100 ? 4 : 9, 1};
      positive[i] = i < 100 ? i < 30 : i < 180;
    }
    LogisticRegression regression = new LogisticRegression(features, positive);
    assertEquals(0.3, regression.probability(4, 1), 0.01);
    assertEquals(0.8, regression.probability(9, 1), 0.01);
    boolean[] apart = new boolean[200];
    for (int i = 0; i < 200; i++) {
      apart[i] = i >= 100;
    }
    assertTrue(new LogisticRegression(features, apart).probability(9, 1) > 0.9);
  }

  @Test
  void privacyBoundsEveryAdvantage() {
    assertEquals((Math.E - 1 + 0.02) / (Math.E + 1), report(1.0, 0.01).largestAdvantage(), 1e-12);
    assertNull(report(null, null).largestAdvantage());
    assertTrue(report(0.0, 0.0).largestAdvantage() == 0);
  }

  private static MembershipReport report(Double epsilon, Double delta) {
    return new MembershipReport("d", 1, 1, 1, 1, List.of(), epsilon, delta, Path.of("model.zip"));
  }
}
