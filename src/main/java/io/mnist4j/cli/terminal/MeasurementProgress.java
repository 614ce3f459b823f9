package io.mnist4j.cli.terminal;

import io.mnist4j.explain.MeasurementMonitor;
import io.mnist4j.report.text.NumberText;

/** Shows on stderr how the measuring of explanations goes: a bar, or a line now and then. */
public final class MeasurementProgress extends DataFetchProgress implements MeasurementMonitor {
  private int tenths;

  public MeasurementProgress(Console console) {
    super(console);
  }

  @Override
  public void onImages(int done, int images) {
    String text = NumberText.format("%,d of %,d images", done, images);
    if (console.interactive()) {
      lines.drawBar("Explaining", (double) done / images, text);
    } else if (images > 1_000 && 10 * done / images > tenths) {
      tenths = 10 * done / images;
      line("explained " + text);
    }
  }
}
