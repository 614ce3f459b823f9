package io.mnist4j.explain;

import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each pixel's ink contributed to the log-odds of a class on the way from white paper to the
 * image (M. Sundararajan, A. Taly, Q. Yan, "Axiomatic attribution for deep networks", ICML 2017,
 * equation 1): the pixel times the mean of its slope along the straight way. All contributions add
 * up to the log-odds for the image less those for white paper (completeness, proposition 1). A
 * pixel without ink contributes nothing.
 */
final class IntegratedGradients {
  /**
   * Of the midpoint rule; the publication takes 20 to 300. With these the contributions to answers
   * of the default network and of LeNet add up to within 1 % of what they should.
   */
  static final int STEPS = 32;

  /** Images on their ways at once: their pixels take 5 MB with 28x28 of them. */
  private static final int IMAGES = 48;

  private IntegratedGradients() {}

  /**
   * The contributions to each image's class, in nats.
   *
   * @param images of one size
   * @param labels [n] of the classes to explain, outputs of the network
   */
  static List<Saliency> of(PixelGradient gradient, List<GreyImage> images, int[] labels) {
    List<Saliency> saliencies = new ArrayList<>();
    for (int first = 0; first < images.size(); first += IMAGES) {
      int last = Math.min(images.size(), first + IMAGES);
      saliencies.addAll(
          ofSome(gradient, images.subList(first, last), Arrays.copyOfRange(labels, first, last)));
    }
    return saliencies;
  }

  private static List<Saliency> ofSome(
      PixelGradient gradient, List<GreyImage> images, int[] labels) {
    int pixels = images.get(0).pixels().length;
    float[] way = new float[images.size() * STEPS * pixels];
    int[] wayLabels = new int[images.size() * STEPS];
    for (int n = 0; n < wayLabels.length; n++) {
      float part = (n % STEPS + 0.5f) / STEPS / 255;
      float[] tones = images.get(n / STEPS).tones();
      for (int i = 0; i < pixels; i++) {
        way[n * pixels + i] = part * tones[i];
      }
      wayLabels[n] = labels[n / STEPS];
    }
    float[] slopes = gradient.of(way, wayLabels, ClassMargin.LOG_ODDS).slopes();
    List<Saliency> saliencies = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
      GreyImage grey = images.get(image);
      float[] tones = grey.tones();
      float[] contributions = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        double sum = 0;
        for (int step = 0; step < STEPS; step++) {
          sum += slopes[(image * STEPS + step) * pixels + i];
        }
        contributions[i] = (float) (tones[i] / 255 * sum / STEPS);
      }
      saliencies.add(new Saliency(grey.height(), grey.width(), contributions));
    }
    return saliencies;
  }
}
