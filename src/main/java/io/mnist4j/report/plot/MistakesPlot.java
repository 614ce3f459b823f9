package io.mnist4j.report.plot;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.EvaluationSummary;
import java.util.List;

/** The images that a network was surest of and wrong about. */
public final class MistakesPlot {
  /** So many are shown. */
  public static final int MOST = 24;

  private static final int COLUMNS = 8;
  private static final int CELL = 112;
  private static final int SIDE = 96;
  private static final int TEXT = 58;
  private static final int LEFT = 4;
  private static final int TOP = 34;
  private static final int LONGEST = 16;

  private MistakesPlot() {}

  /** Draws the first of the mistakes, each with what was said, how surely, and what it is. */
  public static Drawing draw(EvaluationSummary test) {
    Predictions predictions = test.predictions();
    List<Integer> mistakes = predictions.mistakes();
    List<Integer> shown = mistakes.subList(0, Math.min(MOST, mistakes.size()));
    int rows = Math.max(1, (shown.size() + COLUMNS - 1) / COLUMNS);
    double bottom = TOP + rows * (SIDE + TEXT);
    PlotFrame frame =
        new PlotFrame("The most confident mistakes", LEFT, TOP, LEFT + COLUMNS * CELL, bottom);
    if (shown.isEmpty()) {
      frame.text(LEFT, TOP + 20, "None.", Ink.MUTED, Anchor.START);
    }
    for (int i = 0; i < shown.size(); i++) {
      int image = shown.get(i);
      int left = LEFT + i % COLUMNS * CELL;
      int top = TOP + i / COLUMNS * (SIDE + TEXT);
      Png png = inkOnPaper(predictions.images(), image);
      double scale = (double) SIDE / Math.max(png.width(), png.height());
      frame.add(new DrawnShape.Bitmap(left, top, png.width() * scale, png.height() * scale, png));
      String sure = NumberText.percent(predictions.confidence(image), 1) + " sure";
      line(frame, left, top + SIDE + 14, "said " + test.saidName(image), Ink.TEXT);
      line(frame, left, top + SIDE + 28, sure, Ink.MUTED);
      line(frame, left, top + SIDE + 42, "is " + test.className(image), Ink.TEXT);
    }
    return frame.drawing(
        "mistakes",
        "%s of %s images that were taken for another class, as pictures"
            .formatted(NumberText.count(shown.size()), NumberText.count(mistakes.size())),
        frame.right,
        bottom);
  }

  private static void line(PlotFrame frame, int x, int y, String text, Ink ink) {
    frame.text(x, y, PlotFrame.shortened(text, LONGEST), ink, Anchor.START);
  }

  /** As it was written: dark on light. */
  public static Png inkOnPaper(ImageSet images, int image) {
    byte[] pixels = new byte[images.pixelsPerImage()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~images.pixels()[image * pixels.length + i];
    }
    return Png.grey(images.width(), images.height(), pixels);
  }
}
