package io.mnist4j.explain;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.predict.RecognizedDigit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Explains the answers of one model in one way. For one thread at a time. */
public final class AnswerExplainer {
  private final TrainedModel model;
  private final ExplanationMethod method;
  private final Optional<PixelGradient> gradient;

  private AnswerExplainer(
      TrainedModel model, ExplanationMethod method, Optional<PixelGradient> gradient) {
    this.model = model;
    this.method = method;
    this.gradient = gradient;
  }

  /**
   * Explains as {@link ExplanationMethod#DEFAULT} says, or by the gradient where the network has
   * layers that allow nothing else.
   *
   * @param model whose network neither learns nor is asked by another thread meanwhile
   */
  public static AnswerExplainer of(TrainedModel model) {
    Optional<PixelGradient> gradient = PixelGradient.of(model);
    return new AnswerExplainer(
        model,
        gradient.isPresent() ? ExplanationMethod.DEFAULT : ExplanationMethod.GRADIENT,
        gradient);
  }

  /**
   * Explains in one way.
   *
   * @param model whose network neither learns nor is asked by another thread meanwhile
   * @throws ModelException if the layers of the network do not allow that
   */
  public static AnswerExplainer of(TrainedModel model, ExplanationMethod method)
      throws ModelException {
    Optional<PixelGradient> gradient = PixelGradient.of(model);
    if (gradient.isEmpty() && method == ExplanationMethod.INTEGRATED_GRADIENTS) {
      throw new ModelException(
          "the network has a layer whose gradient by the pixels is not known here, which %s need; %s needs none"
              .formatted(method.key(), ExplanationMethod.GRADIENT.key()));
    }
    return new AnswerExplainer(model, method, gradient);
  }

  public ExplanationMethod method() {
    return method;
  }

  /** Why a digit was read as what it was. */
  public Saliency explain(RecognizedDigit digit) {
    return explain(List.of(digit.digit().image()), new int[] {digit.prediction().best()}).get(0);
  }

  /**
   * Which ink of each image speaks for a class.
   *
   * @param images of the network's size, at least one
   * @param labels [n] of the classes to explain, outputs of the network
   */
  List<Saliency> explain(List<GreyImage> images, int[] labels) {
    if (gradient.isEmpty()) {
      return IntStream.range(0, labels.length)
          .mapToObj(i -> SmoothedGradient.byDifferences(model, images.get(i), labels[i]))
          .toList();
    }
    return switch (method) {
      case GRADIENT -> SmoothedGradient.of(gradient.get(), images, labels);
      case INTEGRATED_GRADIENTS -> IntegratedGradients.of(gradient.get(), images, labels);
    };
  }
}
