package io.mnist4j.report.plot;

import io.mnist4j.eval.Calibration;
import io.mnist4j.eval.Proportion;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.NumberText;
import java.util.List;

/** The reliability diagram: how often the network is right, over how sure it is. */
public final class CalibrationPlot {
  private static final int SIDE = 300;
  private static final int TOP = 34;
  private static final int LEFT = 52;

  private CalibrationPlot() {}

  /** Draws a disc and the 95 % interval for each bin that holds an image. */
  public static Drawing draw(Calibration calibration) {
    PlotFrame frame = new PlotFrame("Right, by confidence", LEFT, TOP, LEFT + SIDE, TOP + SIDE);
    Axis axis = new Axis(0, 1, 0.2);
    frame.vertical(axis);
    frame.horizontal(axis, "mean confidence");
    frame.line(
        List.of(new PlotPoint(frame.x(0), frame.y(0)), new PlotPoint(frame.x(1), frame.y(1))),
        Ink.MUTED,
        1,
        Dash.DASHED);
    for (Calibration.Bin bin : calibration.bins()) {
      Proportion hits = bin.hits();
      if (hits.known()) {
        double x = frame.x(bin.meanConfidence());
        frame.line(x, frame.y(hits.low()), x, frame.y(hits.high()), Ink.BLUE, 2);
        String tip =
            NumberText.format(
                "%,d images, mean confidence %.3f: %.3f right",
                hits.trials(), bin.meanConfidence(), hits.value());
        frame.add(new DrawnShape.Disc(x, frame.y(hits.value()), 4, Ink.BLUE, tip));
      }
    }
    String description =
        NumberText.format(
            "Share of right answers over mean confidence in 15 bins, with 95 %% intervals; on the"
                + " dashed line the network is right as often as it says. The expected calibration"
                + " error is %.4f.",
            calibration.error());
    return frame.drawing("calibration", description, frame.right + 20, frame.bottom + 46);
  }
}
