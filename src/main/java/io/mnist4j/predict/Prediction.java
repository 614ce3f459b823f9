package io.mnist4j.predict;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network says about one image.
 *
 * @param labels class names; index = output of the network
 * @param probabilities the network's outputs, one for each label: 0 to 1 with the sum 1 for a
 *     softmax
 */
public record Prediction(List<String> labels, List<Float> probabilities) {

  public Prediction {
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
    if (labels.size() != probabilities.size() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          "%d labels for %d outputs".formatted(labels.size(), probabilities.size()));
    }
  }

  /** The class with the largest output; the first of several. */
  public int best() {
    return ranking().get(0);
  }

  /** The name of the class with the largest output. */
  public String label() {
    return labels.get(best());
  }

  /** The largest output. */
  public float probability() {
    return probabilities.get(best());
  }

  /** All classes from the largest output to the smallest. */
  public List<Integer> ranking() {
    return IntStream.range(0, labels.size())
        .boxed()
        .sorted((a, b) -> Float.compare(probabilities.get(b), probabilities.get(a)))
        .toList();
  }
}
