package io.mnist4j.model.foreign;

import org.deeplearning4j.nn.conf.layers.Layer;

/** What to call a layer in a message. */
final class Named {
  private Named() {}

  /**
   * Its name and its kind.
   *
   * @param index its place, from 0, for layers without a name
   */
  static String of(Layer layer, int index) {
    return of(
        layer.getLayerName() == null ? String.valueOf(index) : layer.getLayerName(),
        layer.getClass().getSimpleName());
  }

  static String of(String name, String kind) {
    return "its layer '%s' (%s)".formatted(name, kind);
  }
}
