package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.train.TrainingResult;
import io.mnist4j.train.privacy.PrivacyStatement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param dataset name of the data set that it learned and was tested on
 * @param trainImages how many it learned from
 * @param test of the saved network
 * @param predictions of the saved network, of each test image
 * @param bestEpoch whose network was saved, from 1: the last one without early stopping
 * @param privacy what the training tells of any one image; empty where it was not private
 * @param chosenByTest whether the test images decided when to stop, so that the result is too good
 * @param validatedOn whose images validated: {@code test}, {@code training} or {@code validation}
 * @param trained the network that was saved
 * @param threads that computed in the end
 * @param energy that the training took; empty where the machine does not show it
 * @param finished when the run ended
 * @param model where the model lies
 */
public record RunSummary(
    String dataset,
    int trainImages,
    Evaluation test,
    Predictions predictions,
    TrainingResult training,
    int bestEpoch,
    Optional<PrivacyStatement> privacy,
    boolean chosenByTest,
    String validatedOn,
    long seed,
    TrainedModel trained,
    Backend backend,
    int threads,
    ResourceUse resources,
    Optional<TrainingEnergy> energy,
    Instant finished,
    Path model) {

  /** The run's name: that of its folder. */
  String name() {
    return model.toAbsolutePath().normalize().getParent().getFileName().toString();
  }

  /** How good the saved network is, in all figures. */
  public EvaluationSummary evaluation() {
    return new EvaluationSummary(
        dataset,
        predictions,
        List.of(),
        ClassificationReport.of(predictions, trained.provenance().labels()),
        trained,
        backend,
        threads,
        model);
  }

  /** The document of {@code summary.json} and of {@code train --format json}. */
  public String toJson() {
    return RunFormat.summary(this);
  }
}
