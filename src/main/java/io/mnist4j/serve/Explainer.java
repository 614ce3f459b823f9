package io.mnist4j.serve;

import io.mnist4j.data.pictures.Cancellation;
import io.mnist4j.explain.AnswerExplainer;
import io.mnist4j.explain.Saliency;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.predict.RecognizedDigit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Explains predictions beside the thread that makes them: an explanation takes as long as hundreds
 * of predictions. So it has a copy of the network, and a thread of its own.
 */
final class Explainer implements AutoCloseable {
  /** How many explanations may wait. */
  private static final int WAITING = 100;

  private final ModelInstance instance;
  private final DeadlineExecutor executor = new DeadlineExecutor("explanations", 1, WAITING);
  private AnswerExplainer explainer;

  Explainer(ModelInstance instance) {
    this.instance = instance;
  }

  /**
   * The explanation of each digit's most probable class, in their order.
   *
   * @param deadline as {@link DeadlineExecutor#submit} takes it
   */
  CompletableFuture<List<Saliency>> explain(List<RecognizedDigit> digits, long deadline) {
    return executor.submit(() -> saliencies(digits), deadline);
  }

  private List<Saliency> saliencies(List<RecognizedDigit> digits) {
    if (explainer == null) {
      instance.backend().setThreads(1);
      TrainedModel model = instance.model();
      explainer =
          AnswerExplainer.of(
              new TrainedModel(model.network().clone(), model.provenance(), model.origin()));
    }
    List<Saliency> saliencies = new ArrayList<>();
    for (RecognizedDigit digit : digits) {
      Cancellation.check();
      saliencies.add(explainer.explain(digit));
    }
    return saliencies;
  }

  @Override
  public void close() {
    executor.close();
  }
}
