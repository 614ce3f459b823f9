package io.mnist4j.report.plot;

import io.mnist4j.eval.Calibration;
import io.mnist4j.eval.Proportion;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reliability diagram: how often the network is right, over how sure it is. */
public final class CalibrationPlot {
  private static final int SIDE = 300;
  private static final int TOP = 34;
  private static final int LEFT = 52;
  private static final double FONT = 12;

  private CalibrationPlot() {}

  public static Drawing draw(Calibration calibration) {
    Axis axis = new Axis(0, 1, 0.2);
    int bottom = TOP + SIDE;
    List<DrawnShape> shapes = new ArrayList<>();
    shapes.add(new DrawnShape.Label(4, 16, "Right, by confidence", Ink.TEXT, 14, Anchor.START));
    for (double mark : axis.marks()) {
      double x = LEFT + mark * SIDE;
      double y = bottom - mark * SIDE;
      shapes.add(DrawnShape.Line.of(LEFT, y, LEFT + SIDE, y, Ink.GRID, 1));
      shapes.add(
          new DrawnShape.Label(LEFT - 7, y + 4, axis.label(mark), Ink.MUTED, FONT, Anchor.END));
      shapes.add(
          new DrawnShape.Label(x, bottom + 18, axis.label(mark), Ink.MUTED, FONT, Anchor.MIDDLE));
    }
    shapes.add(
        new DrawnShape.Line(
            List.of(new PlotPoint(LEFT, bottom), new PlotPoint(LEFT + SIDE, TOP)),
            Ink.MUTED,
            1,
            Dash.DASHED));
    for (Calibration.Bin bin : calibration.bins()) {
      Proportion hits = bin.hits();
      if (hits.known()) {
        double x = LEFT + bin.meanConfidence() * SIDE;
        double low = bottom - hits.low() * SIDE;
        double high = bottom - hits.high() * SIDE;
        String tip =
            String.format(
                Locale.ROOT,
                "%,d images, mean confidence %.3f: %.3f right",
                hits.trials(),
                bin.meanConfidence(),
                hits.value());
        shapes.add(DrawnShape.Line.of(x, low, x, high, Ink.BLUE, 2));
        shapes.add(new DrawnShape.Disc(x, bottom - hits.value() * SIDE, 4, Ink.BLUE, tip));
      }
    }
    shapes.add(
        new DrawnShape.Label(
            LEFT + SIDE / 2.0, bottom + 36, "mean confidence", Ink.MUTED, FONT, Anchor.MIDDLE));
    String description =
        String.format(
            Locale.ROOT,
            "Share of right answers over mean confidence in 15 bins, with 95 %% intervals; on the"
                + " dashed line the network is right as often as it says. The expected calibration"
                + " error is %.4f.",
            calibration.error());
    return new Drawing(
        "calibration", "Right, by confidence", description, LEFT + SIDE + 20, bottom + 46, shapes);
  }
}
