package io.mnist4j.issues;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** By examples that are worked out by hand from the equations of the paper. */
class ConfidentJointTest {
  /**
   * Dogs (0), foxes (1) and cows (2). Thresholds: (0.9 + 0.6 + 0.3) / 3 = 0.6 for dogs, (0.8 + 0.4)
   * / 2 = 0.6 for foxes, (0.7 + 0.1) / 2 = 0.4 for cows.
   */
  private static final float[] VALUES = {
    0.9f, 0.1f, 0.0f, // a dog, surely: counts as one
    0.6f, 0.3f, 0.1f, // just reaches the threshold of dogs
    0.3f, 0.65f, 0.05f, // labelled dog, is a fox
    0.1f, 0.8f, 0.1f, // a fox
    0.15f, 0.4f, 0.45f, // labelled fox; cow reaches its lower threshold
    0.1f, 0.2f, 0.7f, // a cow
    0.55f, 0.35f, 0.1f, // labelled cow; no class reaches its threshold
  };

  private static final int[] LABELS = {0, 0, 0, 1, 1, 2, 2};
  private static final int[] ALL = IntStream.range(0, LABELS.length).toArray();
  private static final ClassProbabilities SAID = new ClassProbabilities(3, VALUES);

  @Test
  void thresholdsAreTheMeanSelfConfidence() {
    ConfidentJoint joint = ConfidentJoint.of(ALL, LABELS, SAID);
    assertArrayEquals(new double[] {0.6, 0.6, 0.4}, joint.thresholds(), 1e-6);
  }

  @Test
  void countsTheMostProbableClassThatReachesItsThreshold() {
    ConfidentJoint joint = ConfidentJoint.of(ALL, LABELS, SAID);
    assertArrayEquals(new int[] {2, 1, 0}, joint.counts()[0]);
    assertArrayEquals(new int[] {0, 1, 1}, joint.counts()[1]);
    assertArrayEquals(new int[] {0, 0, 1}, joint.counts()[2]);
    assertArrayEquals(new int[] {3, 2, 2}, joint.labelled());
  }

  @Test
  void ofTwoClassesAboveTheirThresholdsTheMoreProbableCounts() {
    float[] values = {0.45f, 0.55f, 0.3f, 0.7f, 0.9f, 0.1f, 0.6f, 0.4f};
    int[] labels = {0, 0, 1, 1};
    // Thresholds 0.375 and 0.25: all but the last column of the third reach both.
    ConfidentJoint joint =
        ConfidentJoint.of(new int[] {0, 1, 2, 3}, labels, new ClassProbabilities(2, values));
    assertArrayEquals(new double[] {0.375, 0.25}, joint.thresholds(), 1e-6);
    assertArrayEquals(new int[] {0, 2}, joint.counts()[0]);
    assertArrayEquals(new int[] {2, 0}, joint.counts()[1]);
  }

  /** The counts of the paper's figure 1, and the joint distribution that it shows. */
  @Test
  void theJointOfThePaper() {
    int[][] counts = {{100, 40, 20}, {56, 60, 0}, {32, 12, 80}};
    ConfidentJoint joint =
        new ConfidentJoint(new double[] {0.7, 0.7, 0.9}, counts, new int[] {160, 116, 124});
    assertArrayEquals(new double[] {0.25, 0.1, 0.05}, joint.joint()[0], 1e-12);
    assertArrayEquals(new double[] {0.14, 0.15, 0}, joint.joint()[1], 1e-12);
    assertArrayEquals(new double[] {0.08, 0.03, 0.2}, joint.joint()[2], 1e-12);
    assertEquals(0.1 + 0.05 + 0.14 + 0.08 + 0.03, joint.noise(), 1e-12);
  }

  @Test
  void rowsAreScaledToTheNumberOfLabels() {
    // Of 10 labels of the first class only 4 images counted; nothing counted of the second class.
    ConfidentJoint joint =
        new ConfidentJoint(
            new double[] {0.5, 0.5}, new int[][] {{3, 1}, {0, 0}}, new int[] {10, 30});
    assertArrayEquals(new double[] {7.5 / 40, 2.5 / 40}, joint.joint()[0], 1e-12);
    assertArrayEquals(new double[] {0, 0.75}, joint.joint()[1], 1e-12);
    assertEquals(0.0625, joint.noise(), 1e-12);
  }

  @Test
  void aClassWithoutLabelsIsNoOnes() {
    float[] values = {0.2f, 0.1f, 0.7f, 0.3f, 0.6f, 0.1f};
    ConfidentJoint joint =
        ConfidentJoint.of(new int[] {0, 1}, new int[] {0, 1}, new ClassProbabilities(3, values));
    assertEquals(0, joint.counts()[0][2]);
    assertEquals(Double.NaN, joint.thresholds()[2]);
    assertEquals(0, joint.noise(), 1e-12);
  }

  @Test
  void prunesAsManyAsTheJointSaysWithTheLargestMargins() {
    // Five images labelled 0: by the joint, 2 of them are of class 1.
    float[] values = {0.9f, 0.1f, 0.2f, 0.8f, 0.4f, 0.6f, 0.1f, 0.9f, 0.45f, 0.55f, 0f, 1f};
    int[] labels = {0, 0, 0, 0, 0, 1};
    ConfidentJoint joint =
        new ConfidentJoint(new double[] {0.5, 0.5}, new int[][] {{3, 2}, {0, 1}}, new int[] {5, 1});
    assertArrayEquals(
        new int[] {1, 3},
        joint.prunedByNoiseRate(
            new int[] {0, 1, 2, 3, 4, 5}, labels, new ClassProbabilities(2, values)));
  }

  @Test
  void leavesAnImageAloneWhoseLabelIsTheMostProbable() {
    float[] values = {0.9f, 0.1f, 0.6f, 0.4f, 0.4f, 0.6f};
    ConfidentJoint joint =
        new ConfidentJoint(new double[] {0.5, 0.5}, new int[][] {{1, 2}, {0, 0}}, new int[] {3, 0});
    assertArrayEquals(
        new int[] {2},
        joint.prunedByNoiseRate(
            new int[] {0, 1, 2}, new int[] {0, 0, 0}, new ClassProbabilities(2, values)));
  }

  @Test
  void scoresOfALabel() {
    assertEquals((0.3 - 0.65 + 1) / 2, LabelRanking.MARGIN.score(SAID, 2, 0), 1e-6);
    assertEquals((0.9 - 0.1 + 1) / 2, LabelRanking.MARGIN.score(SAID, 0, 0), 1e-6);
    assertEquals(0.3, LabelRanking.SELF_CONFIDENCE.score(SAID, 2, 0), 1e-6);
    assertEquals(2, SAID.likeliest(4));
    assertEquals(1, SAID.likeliestBut(4, 2));
  }
}
