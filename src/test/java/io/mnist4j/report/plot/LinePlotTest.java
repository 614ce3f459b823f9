package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.Disc;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.plot.LinePlot.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinePlotTest {

  @Test
  void pointsLieWhereTheirValuesAre() {
    Drawing drawing =
        new LinePlot("accuracy", "Accuracy", List.of(series("a", 0.9, 0.95, 1)), false, 1).draw();
    assertEquals("a: 0.9000 after epoch 1, 1.0000 after epoch 3.", drawing.description());
    assertEquals(
        List.of("a, epoch 1: 0.9000", "a, epoch 2: 0.9500", "a, epoch 3: 1.0000"),
        Shapes.tips(drawing));
    List<Disc> discs = Shapes.of(drawing, Disc.class);
    assertEquals(discs.get(1).x(), (discs.get(0).x() + discs.get(2).x()) / 2, 1e-9);
    assertEquals(discs.get(1).y(), (discs.get(0).y() + discs.get(2).y()) / 2, 1e-9);
    assertTrue(discs.get(2).y() < discs.get(0).y(), "more is higher");
    assertTrue(Shapes.texts(drawing).contains("1.00"), "the axis ends at most");
    assertTrue(Shapes.texts(drawing).stream().noneMatch(text -> text.startsWith("1.02")));
  }

  @Test
  void lossesBeginAtZero() {
    Drawing drawing =
        new LinePlot("loss", "Loss", List.of(series("a", 0.5, 0.4)), true, Double.MAX_VALUE).draw();
    assertTrue(Shapes.texts(drawing).contains("0.0"), Shapes.texts(drawing).toString());
  }

  @Test
  void manyPointsHaveNoDiscs() {
    double[] values = IntStream.range(0, 41).mapToDouble(i -> i / 41.0).toArray();
    Drawing drawing = new LinePlot("a", "A", List.of(series("a", values)), true, 1).draw();
    assertEquals(List.of(), Shapes.of(drawing, Disc.class));
  }

  @Test
  void longLegendsTakeMoreRows() {
    String name = "a-run-with-a-long-name-of-40-characters-";
    Drawing one = new LinePlot("a", "A", List.of(series(name, 0, 1)), true, 1).draw();
    Drawing two =
        new LinePlot("a", "A", List.of(series(name, 0, 1), series(name, 0, 1)), true, 1).draw();
    assertEquals(one.height() + 19, two.height());
  }

  private static Series series(String name, double... values) {
    List<PlotPoint> points =
        IntStream.range(0, values.length).mapToObj(i -> new PlotPoint(i + 1, values[i])).toList();
    return new Series(name, points, Ink.BLUE, Dash.SOLID);
  }
}
