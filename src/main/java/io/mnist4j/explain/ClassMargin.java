package io.mnist4j.explain;

/**
 * By how much a network prefers one class to all others, z_c - ln(sum of e^(s z_k) over the other
 * classes k) / s, of what goes into its softmax, z. With a sharpness s of 1 this is the log-odds of
 * the class, in nats; the larger s is, the closer it comes to the distance from the best of the
 * others, from below. It does not flatten where the network is certain, as a probability does.
 *
 * @param sharpness s, above 0
 */
record ClassMargin(double sharpness) {
  static final ClassMargin LOG_ODDS = new ClassMargin(1);

  /** No output counts as less where it has to be a probability. */
  private static final double SMALLEST = 1e-30;

  /**
   * The margin and its slopes.
   *
   * @param scores [classes] what goes into the softmax
   * @param slopes [classes] is filled with the derivatives by the scores
   */
  double of(double[] scores, int label, double[] slopes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      largest = i == label ? largest : Math.max(largest, scores[i]);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      slopes[i] = i == label ? 0 : Math.exp(sharpness * (scores[i] - largest));
      sum += slopes[i];
    }
    for (int i = 0; i < scores.length; i++) {
      slopes[i] = i == label ? 1 : -slopes[i] / sum;
    }
    return scores[label] - largest - Math.log(sum) / sharpness;
  }

  /**
   * The same of outputs that are probabilities, or no scores in any case.
   *
   * @param slopes is filled with the derivatives by the outputs
   */
  double ofOutputs(double[] outputs, int label, double[] slopes) {
    double[] scores = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      scores[i] = Math.log(Math.max(SMALLEST, outputs[i]));
    }
    double margin = of(scores, label, slopes);
    for (int i = 0; i < outputs.length; i++) {
      slopes[i] = outputs[i] > SMALLEST ? slopes[i] / outputs[i] : 0;
    }
    return margin;
  }

  /**
   * The same of one image of many.
   *
   * @param outputs [n, classes]
   */
  double ofOutputs(float[] outputs, int image, int classes, int label) {
    double[] own = new double[classes];
    for (int i = 0; i < classes; i++) {
      own[i] = outputs[image * classes + i];
    }
    return ofOutputs(own, label, new double[classes]);
  }
}
