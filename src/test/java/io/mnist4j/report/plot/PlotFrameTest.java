package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotFrameTest {
  private final PlotFrame frame = new PlotFrame("A title", 50, 30, 250, 130);

  @Test
  void fractionsArePlacesInTheArea() {
    assertEquals(50, frame.x(0));
    assertEquals(250, frame.x(1));
    assertEquals(130, frame.y(0), "0 is at the bottom");
    assertEquals(30, frame.y(1));
    assertEquals(138, frame.y(-0.08), 1e-9);
  }

  @Test
  void axesHaveMarksNamesAndAGrid() {
    frame.vertical(new Axis(0, 1, 0.5));
    frame.horizontal(Axis.whole(1, 3, 9), "epoch");
    Drawing drawing = frame.drawing("p", "What it shows", 260.5, 170);
    assertEquals("A title", drawing.title());
    assertEquals(261, drawing.width());
    assertEquals(
        List.of("A title", "0.0", "0.5", "1.0", "1", "2", "3", "epoch"), Shapes.texts(drawing));
    assertEquals(3, Shapes.of(drawing, DrawnShape.Line.class).size());
    DrawnShape.Label half = Shapes.of(drawing, DrawnShape.Label.class).get(2);
    assertEquals(
        new DrawnShape.Label(43, 84, "0.5", Ink.MUTED, PlotFrame.FONT, Anchor.END, false), half);
  }

  @Test
  void longTextsAreCut() {
    assertEquals("abcd", PlotFrame.shortened("abcd", 4));
    assertEquals("abc…", PlotFrame.shortened("abcde", 4));
  }
}
