package io.mnist4j.eval;

/**
 * How a network did on labelled images.
 *
 * @param images number of images, at least 1
 * @param correct how many of them it named correctly
 * @param loss mean of the network's own loss: in nats for cross-entropy
 */
public record Evaluation(int images, int correct, double loss) {

  /** The share of correct answers, 0 to 1. */
  public double accuracy() {
    return (double) correct / images;
  }
}
