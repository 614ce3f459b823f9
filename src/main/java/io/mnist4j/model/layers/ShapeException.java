package io.mnist4j.model.layers;

/**
 * Layers that do not fit together, or not to the images. The message is one line that begins with
 * the place in the experiment, such as {@code model.layers.3}, layers counted from 0.
 */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String place, String what) {
    super(place + ": " + what);
  }
}
