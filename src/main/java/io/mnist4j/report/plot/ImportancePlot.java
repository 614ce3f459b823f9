package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much of the differences between the trials of a sweep each parameter explains. */
public final class ImportancePlot {
  private static final int WIDTH = 520;
  private static final int TOP = 40;
  private static final int ROW = 26;
  private static final int MAX_NAME = 24;
  private static final String TOO_FEW = "There are too few trials to tell.";

  private ImportancePlot() {}

  /** Draws a bar for each parameter, or says that there are too few trials. */
  public static Drawing draw(SweepTrials trials) {
    Map<String, Double> importance = trials.importance();
    double left =
        14 + PlotFrame.textWidth(Math.min(MAX_NAME, trials.names().longest()), PlotFrame.FONT);
    PlotFrame frame =
        new PlotFrame(
            "What made the difference", left, TOP, WIDTH - 60, TOP + ROW * importance.size());
    if (importance.isEmpty()) {
      frame.text(4, 44, TOO_FEW, Ink.MUTED, Anchor.START);
      return frame.drawing("importance", TOO_FEW, WIDTH, 70);
    }
    List<String> described = new ArrayList<>();
    double y = TOP;
    for (Map.Entry<String, Double> entry : importance.entrySet()) {
      double end = frame.x(entry.getValue());
      String name = trials.names().of(entry.getKey());
      String percent = NumberText.percent(entry.getValue(), 0);
      frame.text(left - 8, y + 14, name, Ink.TEXT, Anchor.END);
      frame.add(new DrawnShape.Rectangle(left, y, Math.max(1, end - left), 18, Ink.BLUE, 0.8, ""));
      frame.text(end + 6, y + 14, percent, Ink.MUTED, Anchor.START);
      described.add(name + " " + percent);
      y += ROW;
    }
    return frame.drawing("importance", String.join(", ", described), WIDTH, frame.bottom + 10);
  }
}
