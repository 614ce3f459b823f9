package io.mnist4j.explain;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.random.SplitMix64;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.ModelPredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures explanations of what a model says of test images. The same request gives the same
 * figures.
 */
public final class ExplanationMeasurement {
  /** Images that are explained at once; of each there are 101 changed ones, 8 MB in all. */
  private static final int AT_ONCE = 100;

  private final MeasurementRequest request;
  private final EvaluationSummary test;
  private final ImageSet images;
  private final int[] chosen;

  private ExplanationMeasurement(MeasurementRequest request, EvaluationSummary test) {
    this.request = request;
    this.test = test;
    images = test.predictions().images();
    chosen = drawn(images.size(), request.images(), new SplitMix64(request.seed(), 0));
  }

  /** Some of the numbers from 0 on, each at most once, in rising order. */
  private static int[] drawn(int all, int some, SplitMix64 random) {
    int[] numbers = IntStream.range(0, all).toArray();
    int count = Math.min(all, some);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(all - i);
      int number = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = number;
    }
    return IntStream.of(numbers).limit(count).sorted().toArray();
  }

  /**
   * Tests the model, explains its answers for some of the images, and tries the explanations.
   *
   * @param notes gets what a user should know of a model that another program wrote
   * @throws ConfigException if there is no such data set, or it does not fit the model
   * @throws ModelException if the model cannot be read, or its layers do not allow a method
   * @throws DataException if the data set cannot be had
   * @throws BackendException if ND4J does not start
   */
  public static MeasuredExplanations run(
      MeasurementRequest request, MeasurementMonitor monitor, Consumer<String> notes)
      throws ConfigException, ModelException, DataException, BackendException {
    EvaluationSummary test = EvaluationSession.run(request.of(), monitor, notes);
    return new ExplanationMeasurement(request, test).measure(monitor);
  }

  private MeasuredExplanations measure(MeasurementMonitor monitor) throws ModelException {
    List<AnswerExplainer> explainers = new ArrayList<>();
    List<ExplanationTrial> trials = new ArrayList<>();
    for (ExplanationMethod method : request.methods()) {
      explainers.add(AnswerExplainer.of(test.trained(), method));
      trials.add(new ExplanationTrial(method.key(), chosen.length));
    }
    ExplanationTrial random = new ExplanationTrial(ExplanationQuality.RANDOM, chosen.length);
    for (int first = 0; first < chosen.length; first += AT_ONCE) {
      int[] indices = Arrays.copyOfRange(chosen, first, Math.min(chosen.length, first + AT_ONCE));
      TriedImages batch = tried(indices);
      for (int i = 0; i < trials.size(); i++) {
        AnswerExplainer explainer = explainers.get(i);
        List<Saliency> saliencies = explainer.explain(batch.images(), batch.labels());
        trials.get(i).add(batch, saliencies, explainer.method().isContribution());
      }
      random.add(batch, IntStream.of(indices).mapToObj(this::random).toList(), false);
      monitor.onImages(first + indices.length, chosen.length);
    }
    trials.add(random);
    return new MeasuredExplanations(
        test.model(),
        test.dataset(),
        chosen.length,
        request.seed(),
        trials.stream().map(ExplanationTrial::quality).toList());
  }

  private TriedImages tried(int[] indices) {
    List<GreyImage> batch = new ArrayList<>();
    List<SquareRemoval> squares = new ArrayList<>();
    for (int index : indices) {
      batch.add(GreyImage.of(images, index));
      squares.add(
          new SquareRemoval(
              images.height(), images.width(), new SplitMix64(request.seed(), 1L + index)));
    }
    int[] labels = IntStream.of(indices).map(test.predictions()::said).toArray();
    return TriedImages.of(
        batch,
        labels,
        squares,
        changed -> ModelPredictions.of(test.trained(), changed, test.backend(), test.threads()));
  }

  /** Numbers that know nothing of the image. */
  private Saliency random(int index) {
    SplitMix64 random = new SplitMix64(request.seed(), -1L - index);
    float[] values = new float[images.pixelsPerImage()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new Saliency(images.height(), images.width(), values);
  }
}
