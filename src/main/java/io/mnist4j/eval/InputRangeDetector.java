package io.mnist4j.eval;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.TrainedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds by trial which range of pixels a model of another program was trained with, where its file
 * does not say it. The range whose loss is the least is taken, of those that are not clearly worse
 * in naming images right; the usual one where none is clearly better.
 */
public final class InputRangeDetector {
  /** What people train with, the usual one first. */
  private static final List<InputRange> USUAL =
      List.of(
          InputRange.UNIT,
          InputRange.BYTES,
          new InputRange(-1, 1),
          new InputRange(-0.5, 0.5),
          new InputRange(1, 0),
          new InputRange(255, 0),
          new InputRange(1, -1),
          // MNIST with its mean and deviation taken out.
          new InputRange(-0.4242, 2.8215));

  private static final int EXAMPLES = 1_000;

  /** Of these, the first by which ranges are sorted out that are clearly worse than another. */
  private static final int FIRST_EXAMPLES = 200;

  private static final long SEED = 3;

  /** The 95 % quantile of χ² with one degree of freedom. */
  private static final double CHI_SQUARED = 3.841;

  /** Standard errors by which a mean loss must be less to be clearly less. */
  private static final double CLEARLY = 3;

  /** Of a network that is right more often than it is confident by this factor. */
  private static final double ABSURD_DOUBT = 2;

  /** Below this no range suits. */
  private static final double LEAST_ACCURACY = 0.5;

  /** Loss of a range for which no better one is looked for. */
  private static final double GOOD_LOSS = 0.05;

  private InputRangeDetector() {}

  /**
   * The model with the range that suits digits drawn by mnist4j, and a note of it; the model as it
   * is if its range is known.
   */
  public static TrainedModel onStrokes(TrainedModel model) {
    return isNeeded(model) ? on(model, Strokes.generate(SEED, EXAMPLES), "strokes") : model;
  }

  /**
   * The model with the range that suits labelled images best, and a note of it; the model as it is
   * if its range is known.
   *
   * @param images of which the first 1,000 are tried
   * @param dataset what they are called
   */
  public static TrainedModel on(TrainedModel model, ImageSet images, String dataset) {
    if (!isNeeded(model)) {
      return model;
    }
    ImageSet examples =
        images.subset(IntStream.range(0, Math.min(EXAMPLES, images.size())).toArray());
    TrainedModel fitting = model.fitting(images.height(), images.width());
    if (!suits(fitting, examples)) {
      return noted(model, "its file does not say which range of pixels it takes: 0..1 is assumed");
    }
    Map<InputRange, Predictions> trials = new LinkedHashMap<>();
    trials.put(InputRange.UNIT, Predictions.of(fitting.network(), examples));
    Predictions usual = trials.get(InputRange.UNIT);
    if (usual.loss() > GOOD_LOSS) {
      for (InputRange range : candidates(fitting, usual)) {
        trials.computeIfAbsent(
            range, r -> Predictions.of(fitting.withRange(r).network(), examples));
      }
    }
    InputRange best = best(trials);
    Predictions predictions = trials.get(best);
    if (accuracy(predictions) < LEAST_ACCURACY) {
      return noted(
          model,
          "which range of pixels it takes is unknown, and 0..1 is assumed: it names at most %s of %,d %s images right with the usual ones"
              .formatted(percent(accuracy(predictions)), examples.size(), dataset));
    }
    String found =
        "it seems to take pixels of %s: it names %s of %,d %s images right so (loss %.3g)"
            .formatted(
                best, percent(accuracy(predictions)), examples.size(), dataset, predictions.loss());
    return best.equals(InputRange.UNIT)
        ? noted(model, found)
        : noted(
            model.withRange(best),
            found
                + ", and %s with 0..1 (loss %.3g)"
                    .formatted(percent(accuracy(usual)), usual.loss()));
  }

  /**
   * Ranges that may be the best, by a few of the examples: a network may take a second for each.
   *
   * @param usual what it says of all examples with the usual range
   */
  private static List<InputRange> candidates(TrainedModel model, Predictions usual) {
    List<InputRange> ranges = ranges(usual.images());
    Predictions few =
        usual.of(IntStream.range(0, Math.min(FIRST_EXAMPLES, usual.size())).toArray());
    List<Predictions> trials =
        ranges.stream()
            .map(
                range ->
                    range.equals(InputRange.UNIT)
                        ? few
                        : Predictions.of(model.withRange(range).network(), few.images()))
            .toList();
    return IntStream.range(0, ranges.size())
        .filter(i -> trials.stream().noneMatch(other -> isClearlyLessRight(trials.get(i), other)))
        .mapToObj(ranges::get)
        .toList();
  }

  /** The usual ones, and the pixels with mean and deviation of these images taken out. */
  private static List<InputRange> ranges(ImageSet images) {
    double sum = 0;
    double squares = 0;
    for (byte pixel : images.pixels()) {
      double value = (pixel & 0xff) / 255.0;
      sum += value;
      squares += value * value;
    }
    double mean = sum / images.pixels().length;
    double deviation = Math.sqrt(squares / images.pixels().length - mean * mean);
    List<InputRange> ranges = new ArrayList<>(USUAL);
    if (deviation > 0) {
      ranges.add(new InputRange(-mean / deviation, (1 - mean) / deviation));
    }
    return ranges;
  }

  private static InputRange best(Map<InputRange, Predictions> trials) {
    List<InputRange> sensible =
        trials.keySet().stream().filter(range -> !isAbsurd(trials.get(range))).toList();
    if (sensible.isEmpty()) {
      return InputRange.UNIT;
    }
    Predictions mostRight =
        sensible.stream()
            .map(trials::get)
            .max(Comparator.comparingDouble(InputRangeDetector::accuracy))
            .orElseThrow();
    InputRange best =
        sensible.stream()
            .filter(range -> !isClearlyLessRight(trials.get(range), mostRight))
            .min(Comparator.comparingDouble(range -> trials.get(range).loss()))
            .orElseThrow();
    Predictions usual = trials.get(InputRange.UNIT);
    boolean usualWillDo =
        sensible.contains(InputRange.UNIT)
            && !isClearlyLessRight(usual, trials.get(best))
            && !isClearlyLess(trials.get(best), usual);
    return usualWillDo ? InputRange.UNIT : best;
  }

  /** Outputs that are nearly the same for each class, though the largest is mostly right. */
  private static boolean isAbsurd(Predictions predictions) {
    double confidence =
        IntStream.range(0, predictions.size())
            .mapToDouble(predictions::confidence)
            .average()
            .orElseThrow();
    return predictions.areProbabilities() && ABSURD_DOUBT * confidence < accuracy(predictions);
  }

  /** McNemar's test with Edwards' correction, on the images that one of two names right. */
  private static boolean isClearlyLessRight(Predictions one, Predictions other) {
    int onlyOne = 0;
    int onlyOther = 0;
    for (int i = 0; i < one.size(); i++) {
      onlyOne += one.isRight(i) && !other.isRight(i) ? 1 : 0;
      onlyOther += other.isRight(i) && !one.isRight(i) ? 1 : 0;
    }
    double difference = onlyOther - onlyOne - 1.0;
    return difference > 0 && difference * difference > CHI_SQUARED * (onlyOne + onlyOther);
  }

  /** Whether a loss is less than another by several standard errors of their difference. */
  private static boolean isClearlyLess(Predictions one, Predictions other) {
    double mean = other.loss() - one.loss();
    double squares = 0;
    for (int i = 0; i < one.size(); i++) {
      double error = other.loss(i) - one.loss(i) - mean;
      squares += error * error;
    }
    return mean > CLEARLY * Math.sqrt(squares) / one.size();
  }

  private static boolean isNeeded(TrainedModel model) {
    return model.origin().isPresent() && !model.origin().get().rangeKnown();
  }

  private static boolean suits(TrainedModel model, ImageSet examples) {
    int classes = model.provenance().labels().size();
    return model.provenance().accepts(examples)
        && examples.size() > 0
        && IntStream.range(0, examples.size()).allMatch(i -> examples.label(i) < classes);
  }

  private static double accuracy(Predictions predictions) {
    return predictions.evaluation().accuracy();
  }

  private static TrainedModel noted(TrainedModel model, String note) {
    return new TrainedModel(
        model.network(), model.provenance(), model.origin().map(origin -> origin.withNote(note)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
