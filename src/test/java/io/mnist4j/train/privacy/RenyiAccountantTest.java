package io.mnist4j.train.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.train.privacy.RenyiAccountant.PrivacyLoss;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accountant against published values, and against the integral itself. */
class RenyiAccountantTest {
  /** The orders of TensorFlow Privacy's compute_dp_sgd_privacy. */
  private static final double[] TENSORFLOW_ORDERS =
      DoubleStream.concat(
              DoubleStream.of(1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 4.5),
              DoubleStream.concat(
                  DoubleStream.iterate(5, order -> order < 64, order -> order + 1),
                  DoubleStream.of(128, 256, 512)))
          .toArray();

  /** What TensorFlow Privacy's test of compute_rdp expects, for q 0.01, σ 2.5 and 50 steps. */
  @ParameterizedTest
  @CsvSource({"1.5, 0.00065", "2.5, 0.001085", "5, 0.00218075", "50, 0.023846", "100, 167.416307"})
  void divergencesArePublishedOnes(double order, double expected) {
    assertEquals(expected, 50 * new SampledGaussian(0.01, 2.5).divergence(order), 1e-5);
  }

  @Test
  void withoutSamplingItIsTheGaussianMechanism() {
    assertEquals(0.1, new SampledGaussian(1, 10).divergence(20), 1e-12);
    assertEquals(0, new SampledGaussian(0, 10).divergence(20));
    assertEquals(0.07737, 10 * new SampledGaussian(0.1, 2).divergence(5), 1e-5);
    assertEquals(Double.POSITIVE_INFINITY, new SampledGaussian(0.1, 0).divergence(5));
  }

  /** By the trapezoidal rule, which converges exponentially for such integrals. */
  @ParameterizedTest
  @CsvSource({
    "0.004266, 1.1, 1.1",
    "0.004266, 1.1, 8.7",
    "0.004266, 1.1, 17",
    "0.0001, 1, 1.5",
    "0.001, 1, 2",
    "0.01, 10, 20",
    "0.1, 100, 20.5",
    "0.5, 0.8, 2.3",
    "0.5, 0.8, 33",
    "0.99, 0.5, 10.9",
    "0.000001, 1, 27",
    "0.0344, 1.4, 5.6",
  })
  void divergencesAreTheIntegral(double rate, double noise, double order) {
    double expected = integral(rate, noise, order);
    double found = new SampledGaussian(rate, noise).divergence(order);
    assertEquals(expected, found, 1e-6 * expected + 1e-13);
  }

  /** ln E[((1 - q) + q e^((2z - 1) / (2 σ²)))^α] / (α - 1), z normal with the deviation σ. */
  private static double integral(double q, double sigma, double order) {
    double from = -40 * sigma;
    double to = order + 40 * sigma;
    int steps = 2_000_000;
    double width = (to - from) / steps;
    double sum = 0;
    // The mass of each density is 1, so what exceeds that is summed: else its digits are lost.
    double scale = Math.max(0, (order * order - order) / (2 * sigma * sigma) - 600);
    for (int i = 0; i <= steps; i++) {
      double z = from + i * width;
      double density = -z * z / (2 * sigma * sigma) - Math.log(sigma * Math.sqrt(2 * Math.PI));
      double ratio = Math.log1p(q * Math.expm1((2 * z - 1) / (2 * sigma * sigma)));
      sum +=
          scale == 0 && order * ratio < 30
              ? Math.exp(density) * Math.expm1(order * ratio)
              : Math.exp(density + order * ratio - scale);
    }
    double logarithm = scale == 0 ? Math.log1p(sum * width) : scale + Math.log(sum * width);
    return logarithm / (order - 1);
  }

  /** TensorFlow Privacy's test of compute_dp_sgd_privacy: ε to all digits, and the best order. */
  @ParameterizedTest
  @CsvSource({
    "60000, 150, 1.3, 15, 1e-5, 0.7242234026109595, 19",
    "100000, 100, 1.0, 30, 1e-7, 1.4154988495444842, 13",
    "100000000, 1024, 0.1, 10, 1e-7, 5907982.3113978775, 1.25",
  })
  void lossesAreThoseOfTensorFlowPrivacy(
      int images, int batch, double noise, int epochs, double delta, double epsilon, double order) {
    long steps = (long) Math.ceil((double) epochs * images / batch);
    PrivacyLoss loss =
        new RenyiAccountant((double) batch / images, noise, TENSORFLOW_ORDERS).loss(steps, delta);
    assertEquals(epsilon, loss.epsilon(), 1e-7 * epsilon);
    assertEquals(order, loss.order());
    assertTrue(
        new RenyiAccountant((double) batch / images, noise).loss(steps, delta).epsilon()
            <= 1.0001 * epsilon);
  }

  /** The table of Opacus' MNIST example, which was computed for batches of 256 before 2020. */
  @ParameterizedTest
  @CsvSource({"0.7, 45, 7.10", "1.1, 60, 3.01", "1.3, 15, 1.19"})
  void lossesAreThoseOfOpacusTable(double noise, int epochs, double epsilon) {
    RenyiAccountant accountant = new RenyiAccountant(256 / 60_000.0, noise);
    assertEquals(epsilon, accountant.lossOfMironov(234L * epochs, 1e-5).epsilon(), 0.006);
  }

  /** The table of TensorFlow Privacy's MNIST tutorial (batches of 256). */
  @ParameterizedTest
  @CsvSource({"1.12, 60, 2.92", "0.6, 30, 9.74", "1.2, 10, 1.20"})
  void lossesAreThoseOfTensorFlowTable(double noise, int epochs, double epsilon) {
    RenyiAccountant accountant = new RenyiAccountant(256 / 60_000.0, noise);
    long steps = epochs * 60_000L / 256;
    assertEquals(epsilon, accountant.lossOfMironov(steps, 1e-5).epsilon(), 0.02 * epsilon);
    assertTrue(accountant.loss(steps, 1e-5).epsilon() < epsilon);
  }

  @Test
  void conversionIsThatOfAConstantDivergence() {
    // As if the divergence were 1.1 at each order: TensorFlow Privacy's test of get_privacy_spent.
    double noise = Math.sqrt(32 / 2.2);
    assertEquals(1.32783806176, new RenyiAccountant(1, noise, 32).loss(1, 1e-5).epsilon(), 1e-9);
  }

  /** (1, 1e-6): exact for the Gaussian mechanism at this σ, so a bound must lie above it. */
  @Test
  void boundIsAboveTheExactLoss() {
    double found = new RenyiAccountant(1, 4.530877117).loss(1, 1e-6).epsilon();
    assertTrue(found >= 1 && found < 1.1, () -> "ε " + found);
  }

  @ParameterizedTest
  @CsvSource({"3, 0.0344, 870", "0.5, 0.01, 2000", "10, 0.004, 15000", "0.05, 0.1, 100"})
  void noiseIsTheLeastThatKeepsTheLoss(double epsilon, double rate, long steps) {
    double noise = RenyiAccountant.noise(rate, steps, epsilon, 1e-5);
    double loss = new RenyiAccountant(rate, noise).loss(steps, 1e-5).epsilon();
    assertTrue(loss <= epsilon && loss > 0.9999 * epsilon, () -> loss + " for " + epsilon);
  }

  @Test
  void lossesThatNoNoiseBringsAreRefused() {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> RenyiAccountant.noise(0.1, 10, 1e-4, 1e-5))
            .getMessage()
            .startsWith("epsilon must be larger, not 1e-4"));
    assertThrows(IllegalArgumentException.class, () -> RenyiAccountant.noise(0.1, 1, 1e6, 1e-5));
  }

  @Test
  void logarithmsOfTheErrorFunctionAreKnownOnes() {
    assertEquals(Math.log(0.15729920705028513), LogErfc.of(1), 1e-14);
    assertEquals(Math.log(0.004677734981047266), LogErfc.of(2), 1e-13);
    assertEquals(Math.log(1.8427007929497148), LogErfc.of(-1), 1e-14);
    assertEquals(Math.log(2.088487583762545e-45), LogErfc.of(10), 1e-12);
    // The first terms of the asymptotic series.
    assertEquals(-1e6 - Math.log(1000 * Math.sqrt(Math.PI)), LogErfc.of(1000), 1e-6);
    assertEquals(LogErfc.of(2 - 1e-9), LogErfc.of(2 + 1e-9), 1e-7);
    assertEquals(Math.log(2), LogErfc.of(-30), 1e-15);
  }
}
