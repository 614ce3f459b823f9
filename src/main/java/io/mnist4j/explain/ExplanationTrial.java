package io.mnist4j.explain;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.eval.Predictions;
import java.util.List;

/** What explanations of one kind come to, image by image. */
final class ExplanationTrial {
  private final String method;
  private final double[] deletion;
  private final double[] insertion;
  private final double[] infidelity;

  /** Mean squares of what happened, over all images. */
  private double happened;

  private int done;

  /**
   * @param method what explains
   * @param images how many are going to be tried
   */
  ExplanationTrial(String method, int images) {
    this.method = method;
    deletion = new double[images];
    insertion = new double[images];
    infidelity = new double[images];
  }

  /** Takes an image on its way from one state to another, and writes what it is like there. */
  @FunctionalInterface
  private interface Way {
    void write(byte[] image, Saliency saliency, byte[] target, int offset);
  }

  /**
   * Tries explanations.
   *
   * @param saliencies of the images
   * @param contributions whether they say what the ink of a pixel contributed; else they are slopes
   */
  void add(TriedImages batch, List<Saliency> saliencies, boolean contributions) {
    GreyImage size = batch.images().get(0);
    DeletionInsertion ways = new DeletionInsertion(size.height(), size.width());
    addAreas(batch, saliencies, ways.images(), ways::delete, deletion);
    addAreas(batch, saliencies, ways.images(), ways::insert, insertion);
    for (int i = 0; i < saliencies.size(); i++) {
      double[] foretold =
          batch
              .squares()
              .get(i)
              .foretold(ofInk(batch.images().get(i), saliencies.get(i), contributions));
      infidelity[done + i] = SquareRemoval.infidelity(foretold, batch.happened().get(i));
      for (double fall : batch.happened().get(i)) {
        happened += fall * fall / SquareRemoval.SQUARES;
      }
    }
    done += saliencies.size();
  }

  private static double[] ofInk(GreyImage image, Saliency saliency, boolean contributions) {
    float[] tones = image.tones();
    double[] ofInk = new double[tones.length];
    for (int i = 0; i < tones.length; i++) {
      ofInk[i] = saliency.at(i) * (contributions ? 1 : tones[i] / 255);
    }
    return ofInk;
  }

  private void addAreas(
      TriedImages batch, List<Saliency> saliencies, int steps, Way way, double[] areas) {
    int perImage = batch.images().get(0).pixels().length;
    byte[] pixels = new byte[saliencies.size() * steps * perImage];
    for (int i = 0; i < saliencies.size(); i++) {
      way.write(batch.images().get(i).pixels(), saliencies.get(i), pixels, i * steps * perImage);
    }
    Predictions said = batch.ask(pixels);
    for (int i = 0; i < saliencies.size(); i++) {
      double[] curve = new double[steps];
      for (int step = 0; step < steps; step++) {
        curve[step] = said.output(i * steps + step, batch.labels()[i]);
      }
      areas[done + i] = DeletionInsertion.area(curve);
    }
  }

  /** Of all images that were tried. */
  ExplanationQuality quality() {
    MeanEstimate error = MeanEstimate.of(infidelity);
    return new ExplanationQuality(
        method,
        MeanEstimate.of(deletion),
        MeanEstimate.of(insertion),
        error,
        happened == 0 ? 0 : error.mean() * infidelity.length / happened);
  }
}
