package io.mnist4j.explain;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.errors.ModelException;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks for the least ink, added and removed, with which a model takes an image for another class
 * (S. Wachter, B. Mittelstadt, C. Russell, "Counterfactual explanations without opening the black
 * box", Harvard J. Law Tech. 31, 2018: the nearest such image by the sum of absolute changes).
 *
 * <p>It is found by successive linear programs: where the preference for the class is taken for
 * linear, the cheapest step moves the pixels with the steepest slopes first, as a knapsack is
 * filled. A step is limited to a box around the last image, which shrinks where the network turns
 * out not to be linear, and grows where it does. At the end pixels that turn out not to be needed
 * get their old ink back. What is found is a minimum among its neighbours; there may be a smaller
 * one elsewhere.
 */
public final class CounterfactualSearch {
  /** Gradient passes, at most; each of as many images as there are {@link #BOXES}. */
  private static final int STEPS = 150;

  /** Rounds in which ink is given back, at most. */
  private static final int ROUNDS = 40;

  /** Boxes that are tried at once, each half as wide as the one before. */
  private static final int BOXES = 6;

  /** A change of less than half a tone is none. */
  private static final double LEAST_CHANGE = 0.5 / 255;

  /** Nats by which the class is to win; more where rounding to whole tones undoes it. */
  private static final double FIRST_LEAD = 0.01;

  private static final double LARGEST_LEAD = 3;

  /** So sharp that of two other classes that are equally likely the margin is off by 0.07 nats. */
  private static final ClassMargin MARGIN = new ClassMargin(10);

  /** Parts of a pixel's change that are given back where the whole of it is too much. */
  private static final double[] PARTS = {1, 0.5, 0.25};

  private final Classifier classifier;
  private final PixelGradient gradient;

  private CounterfactualSearch(Classifier classifier, PixelGradient gradient) {
    this.classifier = classifier;
    this.gradient = gradient;
  }

  /**
   * A search with one model.
   *
   * @throws ModelException if the network has a layer whose gradient is not known here
   */
  public static CounterfactualSearch with(Classifier classifier) throws ModelException {
    return new CounterfactualSearch(
        classifier,
        PixelGradient.of(classifier.model())
            .orElseThrow(
                () ->
                    new ModelException(
                        "the network has a layer whose gradient by the pixels is not known here,"
                            + " which a counterfactual needs")));
  }

  /**
   * The image with the least change that was found.
   *
   * @param image of the network's size
   * @param target the class that it is to be taken for, an output of the network
   * @return empty if none was found in the steps that are allowed
   */
  public Optional<Counterfactual> find(GreyImage image, int target) {
    if (said(List.of(image)).get(0).best() == target) {
      return Optional.of(new Counterfactual(image, image, said(List.of(image)).get(0)));
    }
    LinearSteps steps = new LinearSteps(image, target);
    Optional<GreyImage> best = Optional.empty();
    for (double lead = FIRST_LEAD; lead < LARGEST_LEAD && best.isEmpty(); lead *= 3) {
      best = steps.reach(lead);
    }
    return best.map(found -> refined(image, found, target));
  }

  private List<Prediction> said(List<GreyImage> images) {
    return classifier.predict(images);
  }

  private Counterfactual refined(GreyImage image, GreyImage found, int target) {
    GreyImage current = found;
    for (int round = 0; round < ROUNDS; round++) {
      Optional<GreyImage> less = withLessChange(image, current, target);
      if (less.isEmpty()) {
        break;
      }
      current = less.get();
    }
    return new Counterfactual(image, current, said(List.of(current)).get(0));
  }

  /**
   * Gives one pixel ink back, as much as can be without losing the class; empty if there is none.
   */
  private Optional<GreyImage> withLessChange(GreyImage image, GreyImage current, int target) {
    record Variant(GreyImage image, int saved) {}
    List<Variant> variants = new ArrayList<>();
    byte[] before = image.pixels();
    for (int i = 0; i < before.length; i++) {
      int change = Byte.toUnsignedInt(current.pixels()[i]) - Byte.toUnsignedInt(before[i]);
      for (double part : PARTS) {
        int back = (int) Math.round(part * Math.abs(change));
        if (back > 0) {
          byte[] pixels = current.pixels().clone();
          pixels[i] = (byte) (Byte.toUnsignedInt(pixels[i]) - Integer.signum(change) * back);
          variants.add(new Variant(new GreyImage(image.height(), image.width(), pixels), back));
        }
      }
    }
    variants.sort(Comparator.comparingInt(Variant::saved).reversed());
    List<Prediction> said = said(variants.stream().map(Variant::image).toList());
    return IntStream.range(0, variants.size())
        .filter(i -> said.get(i).best() == target)
        .mapToObj(i -> variants.get(i).image())
        .findFirst();
  }

  /** An image with what the network prefers there. */
  private record Visited(float[] pixels, double margin, float[] slopes, double change) {}

  /** The steps from one image to one class. */
  private final class LinearSteps {
    private final GreyImage image;
    private final int target;
    private final float[] start;
    private Visited current;

    LinearSteps(GreyImage image, int target) {
      this.image = image;
      this.target = target;
      start = image.tones();
      for (int i = 0; i < start.length; i++) {
        start[i] /= 255;
      }
      current = points(List.of(start)).get(0);
    }

    private List<Visited> points(List<float[]> images) {
      float[] all = new float[images.size() * start.length];
      int[] labels = new int[images.size()];
      Arrays.fill(labels, target);
      for (int n = 0; n < labels.length; n++) {
        System.arraycopy(images.get(n), 0, all, n * start.length, start.length);
      }
      PixelGradient.Slopes found = gradient.of(all, labels, MARGIN);
      List<Visited> points = new ArrayList<>();
      for (int n = 0; n < labels.length; n++) {
        float[] slopes =
            Arrays.copyOfRange(found.slopes(), n * start.length, (n + 1) * start.length);
        points.add(new Visited(images.get(n), found.margins()[n], slopes, change(images.get(n))));
      }
      return points;
    }

    private double change(float[] pixels) {
      double change = 0;
      for (int i = 0; i < pixels.length; i++) {
        change += Math.abs(pixels[i] - start[i]);
      }
      return change;
    }

    /**
     * Goes on from the last image to one whose margin is the lead, with as little change as can be.
     *
     * @return in whole tones, if the model then takes it for the class
     */
    Optional<GreyImage> reach(double lead) {
      double price = price(current);
      double box = 1;
      for (int step = 0; step < STEPS && box > LEAST_CHANGE; step++) {
        List<float[]> tried = new ArrayList<>();
        for (int i = 0; i < BOXES; i++) {
          tried.add(step(lead, price, box / (1 << i)));
        }
        List<Visited> points = points(tried);
        int best = -1;
        double lowest = cost(current, lead, price) - 1e-4;
        for (int i = 0; i < BOXES; i++) {
          if (cost(points.get(i), lead, price) < lowest) {
            best = i;
            lowest = cost(points.get(i), lead, price);
          }
        }
        if (best >= 0) {
          current = points.get(best);
          box = Math.min(1, 2 * box / (1 << best));
        } else if (current.margin() < lead - 1e-3 && price < 1e4) {
          // It does not pay to reach the class: let it pay more.
          price *= 4;
          box = 1;
        } else {
          box /= 1 << BOXES;
        }
      }
      return inWholeTones();
    }

    /** Ink that a nat of margin is worth: at first what it costs at the steepest pixels. */
    private double price(Visited point) {
      double steepest = 0;
      for (float slope : point.slopes()) {
        steepest = Math.max(steepest, Math.abs(slope));
      }
      return steepest > 0 ? 4 / steepest : 1;
    }

    private static double cost(Visited point, double lead, double price) {
      return point.change() + price * Math.max(0, lead - point.margin());
    }

    /**
     * The cheapest image in a box around the last one if the margin were linear: each pixel as near
     * to its old ink as the box allows, then the steepest moved until the lead is reached.
     */
    private float[] step(double lead, double price, double box) {
      float[] next = new float[start.length];
      double margin = current.margin();
      float[] low = new float[start.length];
      float[] high = new float[start.length];
      for (int i = 0; i < next.length; i++) {
        low[i] = (float) Math.max(0, current.pixels()[i] - box);
        high[i] = (float) Math.min(1, current.pixels()[i] + box);
        next[i] = Math.max(low[i], Math.min(high[i], start[i]));
        margin += current.slopes()[i] * (next[i] - current.pixels()[i]);
      }
      int[] steepestFirst =
          IntStream.range(0, next.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -Math.abs(current.slopes()[i])))
              .mapToInt(i -> i)
              .toArray();
      for (int i : steepestFirst) {
        double slope = current.slopes()[i];
        if (margin >= lead || price * Math.abs(slope) <= 1) {
          break;
        }
        double room = slope > 0 ? high[i] - next[i] : next[i] - low[i];
        double move = Math.min(room, (lead - margin) / Math.abs(slope));
        next[i] += (float) (Math.signum(slope) * move);
        margin += Math.abs(slope) * move;
      }
      return next;
    }

    private Optional<GreyImage> inWholeTones() {
      byte[] tones = new byte[start.length];
      for (int i = 0; i < tones.length; i++) {
        tones[i] = (byte) Math.round(255 * current.pixels()[i]);
      }
      GreyImage whole = new GreyImage(image.height(), image.width(), tones);
      return said(List.of(whole)).get(0).best() == target ? Optional.of(whole) : Optional.empty();
    }
  }
}
