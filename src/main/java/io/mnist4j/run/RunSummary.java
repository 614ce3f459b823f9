package io.mnist4j.run;

import io.mnist4j.backend.NativeBackend;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TrainingResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What a run came to.
 *
 * @param dataset name of the data set that it learned and was tested on
 * @param test of the saved network
 * @param predictions of the saved network, of each test image
 * @param bestEpoch whose network was saved, from 1: the last one without early stopping
 * @param trained the network that was saved
 * @param threads that computed in the end
 * @param finished when the run came to its end
 * @param model where the model lies
 */
public record RunSummary(
    String dataset,
    Evaluation test,
    Predictions predictions,
    TrainingResult training,
    int bestEpoch,
    long seed,
    TrainedModel trained,
    NativeBackend backend,
    int threads,
    ResourceUse resources,
    Instant finished,
    Path model) {

  /** The document of {@code summary.json} and of {@code train --format json}. */
  public String toJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("dataset", dataset);
    root.put("images", test.images());
    root.put("testAccuracy", test.accuracy());
    root.put("testLoss", test.loss());
    ArrayNode epochs = root.putArray("epochs");
    for (EpochMetrics epoch : training.epochs()) {
      ObjectNode entry = epochs.addObject();
      entry.put("epoch", epoch.epoch());
      entry.put("trainLoss", epoch.trainLoss());
      entry.put("validationLoss", epoch.validation().loss());
      entry.put("validationAccuracy", epoch.validation().accuracy());
      entry.put("seconds", epoch.seconds());
    }
    root.put("ending", training.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    root.put("bestEpoch", bestEpoch);
    root.put("trainSeconds", training.seconds());
    root.put("samplesPerSecond", training.samplesPerSecond());
    root.put("wallSeconds", resources.wallSeconds());
    root.put("cpuSeconds", resources.cpuSeconds());
    resources.peakMemoryBytes().ifPresent(bytes -> root.put("peakMemoryBytes", bytes));
    resources.energyJoules().ifPresent(joules -> root.put("energyJoules", joules));
    root.put("threads", threads);
    backend.description().forEach(root::put);
    root.put("seed", seed);
    root.put("parameters", trained.network().numParams());
    root.put("finished", finished.toString());
    root.put("model", model.toString());
    return root.toPrettyString() + "\n";
  }
}
