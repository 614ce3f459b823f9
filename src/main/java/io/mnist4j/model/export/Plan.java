package io.mnist4j.model.export;

import io.mnist4j.model.InputRange;
import java.util.List;

/**
 * What a network does to an image, step by step, in terms that every format has.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param range to which pixels of 0 to 1 are brought before the first step
 * @param classes numbers that come out
 */
record Plan(int height, int width, InputRange range, List<ExportStep> steps, int classes) {
  Plan {
    steps = List.copyOf(steps);
  }

  /** Whether the first step is to make images of the rows that come in. */
  boolean takesImages() {
    return steps.get(0) instanceof ExportStep.ToImage;
  }

  int pixels() {
    return height * width;
  }

  /** Of one image in ONNX. */
  long[] inputShape() {
    return takesImages() ? new long[] {1, height, width} : new long[] {pixels()};
  }
}
