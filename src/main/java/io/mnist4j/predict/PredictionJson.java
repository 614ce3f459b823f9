package io.mnist4j.predict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The JSON form of a prediction, on the command line and over HTTP: {@code {"digit": "7",
 * "probability": 0.98, "probabilities": {"0": 0.001, ...}}}.
 */
public record PredictionJson(String digit, Float probability, Map<String, Float> probabilities) {
  /** The same fields where no digit was found. */
  public static final PredictionJson NONE = new PredictionJson(null, null, Map.of());

  /** The same probabilities for what is taken for none of the classes. */
  public PredictionJson unknown() {
    return new PredictionJson(null, null, probabilities);
  }

  /** A prediction with the probabilities of all classes, in the order of the network's outputs. */
  public static PredictionJson of(Prediction prediction) {
    return of(prediction, IntStream.range(0, prediction.labels().size()).boxed().toList());
  }

  /** A prediction with the probabilities of its most probable classes, the largest first. */
  public static PredictionJson top(Prediction prediction, int classes) {
    return of(prediction, prediction.ranking().stream().limit(classes).toList());
  }

  private static PredictionJson of(Prediction prediction, List<Integer> classes) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int label : classes) {
      probabilities.put(prediction.labels().get(label), prediction.probabilities().get(label));
    }
    return new PredictionJson(prediction.label(), prediction.probability(), probabilities);
  }
}
