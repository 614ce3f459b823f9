package io.mnist4j.report.plot;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.EvaluationSummary;
import java.util.ArrayList;
import java.util.List;

/** The images that a network was surest of and wrong about. */
public final class MistakesPlot {
  /** So many are shown. */
  public static final int MOST = 24;

  private static final int COLUMNS = 8;
  private static final int CELL = 112;
  private static final int SIDE = 96;
  private static final int TEXT = 58;
  private static final int TOP = 34;
  private static final int LONGEST = 16;

  private MistakesPlot() {}

  public static Drawing draw(EvaluationSummary test) {
    Predictions predictions = test.predictions();
    List<Integer> mistakes = predictions.mistakes();
    List<Integer> shown = mistakes.subList(0, Math.min(MOST, mistakes.size()));
    int rows = Math.max(1, (shown.size() + COLUMNS - 1) / COLUMNS);
    List<DrawnShape> shapes = new ArrayList<>();
    shapes.add(
        new DrawnShape.Label(8, 18, "The most confident mistakes", Ink.TEXT, 14, Anchor.START));
    if (shown.isEmpty()) {
      shapes.add(new DrawnShape.Label(8, TOP + 20, "None.", Ink.MUTED, 12, Anchor.START));
    }
    for (int i = 0; i < shown.size(); i++) {
      int image = shown.get(i);
      int left = 8 + i % COLUMNS * CELL;
      int top = TOP + i / COLUMNS * (SIDE + TEXT);
      Png png = inkOnPaper(predictions.images(), image);
      double scale = (double) SIDE / Math.max(png.width(), png.height());
      shapes.add(new DrawnShape.Bitmap(left, top, png.width() * scale, png.height() * scale, png));
      double sure = predictions.confidence(image);
      line(shapes, left, top + SIDE + 14, "said " + test.saidName(image), Ink.TEXT);
      line(shapes, left, top + SIDE + 28, NumberText.percent(sure, 1) + " sure", Ink.MUTED);
      line(shapes, left, top + SIDE + 42, "is " + test.className(image), Ink.TEXT);
    }
    return new Drawing(
        "mistakes",
        "The most confident mistakes",
        "%s of %s images that were taken for another class, as pictures"
            .formatted(NumberText.count(shown.size()), NumberText.count(mistakes.size())),
        COLUMNS * CELL + 8,
        TOP + rows * (SIDE + TEXT),
        shapes);
  }

  private static void line(List<DrawnShape> shapes, int x, int y, String text, Ink ink) {
    String fitting = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "\u2026" : text;
    shapes.add(new DrawnShape.Label(x, y, fitting, ink, 12, Anchor.START));
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
