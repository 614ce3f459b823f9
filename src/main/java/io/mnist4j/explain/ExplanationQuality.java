package io.mnist4j.explain;

/**
 * How good the explanations of one kind are.
 *
 * @param method that was measured: the key of an {@link ExplanationMethod}, or {@link #RANDOM}
 * @param deletion mean probability of the answer while its pixels turn into paper, the most
 *     important first: the lower the better
 * @param insertion mean probability of the answer while its pixels come into the blurred image, the
 *     most important first: the higher the better
 * @param infidelity mean squared error of what the explanation foretells when the ink of a square
 *     goes, in nats²: the lower the better
 * @param unexplained infidelity as a share of the mean square of what happens then: 1 is what an
 *     explanation gets that foretells nothing
 */
public record ExplanationQuality(
    String method,
    MeanEstimate deletion,
    MeanEstimate insertion,
    MeanEstimate infidelity,
    double unexplained) {

  /** Random numbers in place of an explanation: what is to be surpassed. */
  public static final String RANDOM = "random";
}
