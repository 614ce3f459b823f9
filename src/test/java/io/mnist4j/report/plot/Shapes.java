package io.mnist4j.report.plot;

import java.util.List;

/** What is on a drawing. */
final class Shapes {
  private Shapes() {}

  static <T extends DrawnShape> List<T> of(Drawing drawing, Class<T> kind) {
    return drawing.shapes().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The texts, in their order. */
  static List<String> texts(Drawing drawing) {
    return of(drawing, DrawnShape.Label.class).stream().map(DrawnShape.Label::content).toList();
  }

  /** The tips of the discs, in their order. */
  static List<String> tips(Drawing drawing) {
    return of(drawing, DrawnShape.Disc.class).stream()
        .map(DrawnShape.Disc::tip)
        .filter(tip -> !tip.isEmpty())
        .toList();
  }
}
