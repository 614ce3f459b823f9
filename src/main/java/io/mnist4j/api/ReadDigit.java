package io.mnist4j.api;

import io.mnist4j.predict.PredictionJson;
import io.mnist4j.predict.RecognizedDigit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A digit that a model has read.
 *
 * @param digit where it lies, and what the network saw
 * @param label the class that the model says
 * @param probability of that class, 0 to 1
 * @param probabilities of all classes by their labels, in the order of the network's outputs
 */
public record ReadDigit(
    FoundDigit digit, String label, float probability, Map<String, Float> probabilities) {

  public ReadDigit {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  static ReadDigit of(RecognizedDigit recognized) {
    PredictionJson prediction = PredictionJson.of(recognized.prediction());
    return new ReadDigit(
        FoundDigit.of(recognized.digit()),
        prediction.digit(),
        prediction.probability(),
        prediction.probabilities());
  }
}
