package io.mnist4j.eval;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Origin;
import io.mnist4j.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds by trial which range of pixels a model of another program was trained with, where its file
 * does not say it.
 */
public final class InputRangeDetector {
  /** What people train with; the last is MNIST with its mean and deviation taken out. */
  private static final List<InputRange> USUAL =
      List.of(
          InputRange.UNIT,
          InputRange.BYTES,
          new InputRange(-1, 1),
          new InputRange(1, 0),
          new InputRange(255, 0),
          new InputRange(1, -1),
          new InputRange(-0.4242, 2.8215));

  private static final int EXAMPLES = 500;
  private static final long SEED = 3;

  /** By how much another range must be better: networks with ReLU hardly mind a factor. */
  private static final double CLEARLY = 0.05;

  private static final double ABSURD = 0.5;

  /** Nothing better is looked for. */
  private static final double GOOD = 0.9;

  private InputRangeDetector() {}

  /**
   * The model with the range that suits digits drawn by mnist4j; the model as it is if its range is
   * known or it does not read such digits' size.
   */
  public static TrainedModel onStrokes(TrainedModel model) {
    return needed(model) ? on(model, Strokes.generate(SEED, EXAMPLES), "strokes") : model;
  }

  /**
   * The model with the range that suits labelled images best, and a note of it if that is not the
   * usual one; the model as it is if its range is known, or it does not take these images.
   *
   * @param images of which the first 500 are tried
   * @param dataset what they are called
   */
  public static TrainedModel on(TrainedModel model, ImageSet images, String dataset) {
    ImageSet examples =
        images.subset(IntStream.range(0, Math.min(EXAMPLES, images.size())).toArray());
    if (!needed(model) || !suits(model, examples)) {
      return model;
    }
    double usual = accuracy(model, examples);
    if (usual >= GOOD) {
      return model;
    }
    InputRange best = InputRange.UNIT;
    double bestAccuracy = usual;
    for (InputRange range : USUAL) {
      double accuracy = accuracy(model.withRange(range), examples);
      boolean better =
          best.equals(InputRange.UNIT) ? accuracy > usual + CLEARLY : accuracy > bestAccuracy;
      if (better) {
        best = range;
        bestAccuracy = accuracy;
      }
    }
    if (bestAccuracy < ABSURD) {
      return noted(
          model,
          "which range of pixels it takes is unknown, and 0..1 is assumed: it names %s of %,d %s images right at best with the usual ones; --scale says another"
              .formatted(percent(bestAccuracy), examples.size(), dataset));
    }
    return best.equals(InputRange.UNIT)
        ? model
        : noted(
            model.withRange(best),
            "it seems to take pixels of %s: it names %s of %,d %s images right so, and %s with 0..1; --scale says it for certain"
                .formatted(best, percent(bestAccuracy), examples.size(), dataset, percent(usual)));
  }

  private static boolean needed(TrainedModel model) {
    return model.origin().isPresent() && !model.origin().get().rangeKnown();
  }

  private static boolean suits(TrainedModel model, ImageSet examples) {
    int classes = model.provenance().labels().size();
    return model.provenance().accepts(examples)
        && examples.size() > 0
        && IntStream.range(0, examples.size()).allMatch(i -> examples.label(i) < classes);
  }

  private static double accuracy(TrainedModel model, ImageSet images) {
    return Evaluator.evaluate(model.network(), images).accuracy();
  }

  private static TrainedModel noted(TrainedModel model, String note) {
    Origin origin = model.origin().orElseThrow();
    List<String> notes = new ArrayList<>(origin.notes());
    notes.add(note);
    return new TrainedModel(
        model.network(),
        model.provenance(),
        Optional.of(new Origin(origin.format(), origin.rangeKnown(), notes)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
