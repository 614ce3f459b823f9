package io.mnist4j.model.layers;

import org.deeplearning4j.nn.conf.ConvolutionMode;

/** What a window does at the edge of an image; the names and the arithmetic are Keras'. */
public enum Padding {
  /** It stays inside: ⌊(size - kernel) / stride⌋ + 1 positions. */
  VALID(ConvolutionMode.Truncate),
  /**
   * Zeros are put around the image, one more after than before where their number is odd: ⌈size /
   * stride⌉ positions.
   */
  SAME(ConvolutionMode.Same);

  private final ConvolutionMode dl4j;

  Padding(ConvolutionMode dl4j) {
    this.dl4j = dl4j;
  }

  ConvolutionMode dl4j() {
    return dl4j;
  }
}
