package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.ConfusionMatrix.Confusion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every figure against numbers that were worked out by hand. */
class ClassificationReportTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  /**
   * Seven images of a, b and c; d has none but is said once, e has none and is never said.
   *
   * <pre>
   * label  said  confidence  classes ahead of the right one
   * a      a     0.90        0
   * a      a     0.50        0
   * a      b     0.60        1 (b)
   * b      b     0.95        0
   * b      a     0.70        3 (a, c, d)
   * c      d     0.40        2 (d, and b, which comes first of two equals)
   * c      c     1.00        0
   * </pre>
   */
  private static final Predictions SEVEN =
      predictions(
          new int[] {0, 0, 0, 1, 1, 2, 2},
          new float[][] {
            {0.90f, 0.10f, 0, 0, 0},
            {0.50f, 0.30f, 0.20f, 0, 0},
            {0.40f, 0.60f, 0, 0, 0},
            {0.05f, 0.95f, 0, 0, 0},
            {0.70f, 0.05f, 0.15f, 0.10f, 0},
            {0, 0.30f, 0.30f, 0.40f, 0},
            {0, 0, 1, 0, 0},
          });

  private static final ClassificationReport REPORT = ClassificationReport.of(SEVEN, NAMES);

  @Test
  void countsWhatWasTakenForWhat() {
    int[][] expected = {
      {2, 1, 0, 0, 0}, {1, 1, 0, 0, 0}, {0, 0, 1, 1, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}
    };
    ConfusionMatrix confusion = REPORT.confusion();
    for (int actual = 0; actual < 5; actual++) {
      for (int said = 0; said < 5; said++) {
        assertEquals(expected[actual][said], confusion.count(actual, said), actual + " " + said);
      }
    }
    assertEquals(
        List.of(new Confusion(0, 1, 1), new Confusion(1, 0, 1), new Confusion(2, 3, 1)),
        confusion.confusions());
  }

  @Test
  void accuracies() {
    assertEquals(new Proportion(4, 7), REPORT.accuracy());
    assertEquals(new Proportion(6, 7), REPORT.top3());
    assertEquals(7, REPORT.images());
    // Three images of label 0, two of 1 and two of 2, of which each loses 1 + its label.
    assertEquals((3 * 1 + 2 * 2 + 2 * 3) / 7.0, REPORT.loss(), 1e-12);
    assertEquals(new Evaluation(7, 4, REPORT.loss()), SEVEN.evaluation());
  }

  @Test
  void figuresOfEachClass() {
    assertClass(0, 3, 2 / 3.0, 2 / 3.0, 2 / 3.0);
    assertClass(1, 2, 1 / 2.0, 1 / 2.0, 1 / 2.0);
    // 2 · 1 · ½ / 1½
    assertClass(2, 2, 1 / 2.0, 1, 2 / 3.0);
    // Said once and never right: precision 0 and so F1 0, but no recall.
    assertClass(3, 0, Double.NaN, 0, 0);
    assertClass(4, 0, Double.NaN, Double.NaN, Double.NaN);
    assertEquals("b", REPORT.worstClass().name());
  }

  @Test
  void meansAreOverTheClassesThatHaveImages() {
    assertEquals((2 / 3.0 + 1 / 2.0 + 1) / 3, REPORT.macroPrecision(), 1e-12);
    assertEquals((2 / 3.0 + 1 / 2.0 + 1 / 2.0) / 3, REPORT.macroRecall(), 1e-12);
    assertEquals((2 / 3.0 + 1 / 2.0 + 2 / 3.0) / 3, REPORT.macroF1(), 1e-12);
  }

  @Test
  void classThatIsNeverSaidHasNoPrecisionAndCountsAsZero() {
    ClassificationReport report = reportOfTwo(new int[] {0, 1}, new float[][] {{1, 0}, {1, 0}});
    assertFalse(report.classes().get(1).precision().known());
    assertEquals(0, report.classes().get(1).f1());
    assertEquals(0.25, report.macroPrecision());
    assertEquals("b", report.worstClass().name());
  }

  @Test
  void calibrationErrorOverBinsOfFifteenths() {
    // Bins of SEVEN: 0.90 (right), 0.50 (right), 0.60 (wrong), 0.95 and 1.00 (both right),
    // 0.70 (wrong), 0.40 (wrong). 0.40 and 0.60 as floats lie just above 6/15 and 9/15, and 0.50
    // and 0.70 within (7/15, 8/15] and (10/15, 11/15]; 0.90 within (13/15, 14/15].
    double expected = (0.1 + 0.5 + 0.6 + 2 * (1 - 0.975) + 0.7 + 0.4) / 7;
    Calibration calibration = REPORT.calibration().orElseThrow();
    assertEquals(expected, calibration.error(), 1e-6);
    assertEquals(15, calibration.bins().size());
    Calibration.Bin last = calibration.bins().get(14);
    assertEquals(new Proportion(2, 2), last.hits());
    assertEquals(0.975, last.meanConfidence(), 1e-6);
    assertFalse(calibration.bins().get(0).hits().known());
  }

  @Test
  void calibrationErrorWithinABinCancels() {
    // Four images of confidence 0.75, three of them right: as often as it says.
    float[] sure = {0.75f, 0.25f};
    ClassificationReport report =
        reportOfTwo(new int[] {0, 0, 0, 1}, new float[][] {sure, sure, sure, sure});
    assertEquals(0, report.calibration().orElseThrow().error(), 1e-12);
  }

  @Test
  void confidencesOfZeroAndOneHaveABin() {
    ClassificationReport report = reportOfTwo(new int[] {0, 0}, new float[][] {{0, 0}, {1, 0}});
    List<Calibration.Bin> bins = report.calibration().orElseThrow().bins();
    assertEquals(new Proportion(1, 1), bins.get(0).hits());
    assertEquals(new Proportion(1, 1), bins.get(14).hits());
    assertEquals(0.5, report.calibration().orElseThrow().error(), 1e-12);
  }

  @Test
  void outputsThatAreNoProbabilitiesHaveNoCalibration() {
    for (float output : new float[] {-0.1f, 1.1f, Float.NaN}) {
      ClassificationReport report = reportOfTwo(new int[] {0}, new float[][] {{0.5f, output}});
      assertTrue(report.calibration().isEmpty(), "" + output);
    }
  }

  @Test
  void mistakesAreSortedByConfidence() {
    assertEquals(List.of(4, 2, 5), SEVEN.mistakes());
    assertEquals(0.7f, SEVEN.confidence(4));
    assertEquals(0, SEVEN.said(4));
  }

  @Test
  void outputsMustFitTheImages() {
    ImageSet images = new ImageSet(1, 1, new byte[2], new byte[2]);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Predictions(images, new float[3], (outputs, label) -> 0));
  }

  private static void assertClass(
      int label, int support, double recall, double precision, double f1) {
    ClassMetrics metrics = REPORT.classes().get(label);
    assertEquals(NAMES.get(label), metrics.name());
    assertEquals(support, metrics.support());
    assertEquals(recall, metrics.recall().value(), 1e-12);
    assertEquals(precision, metrics.precision().value(), 1e-12);
    assertEquals(f1, metrics.f1(), 1e-12);
  }

  private static ClassificationReport reportOfTwo(int[] labels, float[][] outputs) {
    return ClassificationReport.of(predictions(labels, outputs), List.of("a", "b"));
  }

  private static Predictions predictions(int[] labels, float[][] outputs) {
    int classes = outputs[0].length;
    byte[] labelBytes = new byte[labels.length];
    float[] flat = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      labelBytes[i] = (byte) labels[i];
      System.arraycopy(outputs[i], 0, flat, i * classes, classes);
    }
    ImageSet images = new ImageSet(1, 1, new byte[labels.length], labelBytes);
    return new Predictions(images, flat, (outputsOfImage, label) -> 1 + label);
  }
}
