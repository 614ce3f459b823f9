package io.mnist4j.experiment;

import io.mnist4j.eval.Evaluation;
import io.mnist4j.train.NativeBackend;
import java.nio.file.Path;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What the test of a saved model came to.
 *
 * @param dataset whose test images it was tested on
 * @param seed that it was trained with
 * @param threads that computed
 * @param parameters weights and biases of the network
 */
public record EvaluationSummary(
    String dataset,
    Evaluation test,
    long seed,
    long parameters,
    NativeBackend backend,
    int threads,
    Path model) {

  /** The document of {@code evaluate --format json}; its keys mean what those of a run mean. */
  public String toJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("dataset", dataset);
    root.put("images", test.images());
    root.put("testAccuracy", test.accuracy());
    root.put("testLoss", test.loss());
    root.put("threads", threads);
    root.put("backend", backend.name());
    root.put("seed", seed);
    root.put("parameters", parameters);
    root.put("model", model.toString());
    return root.toPrettyString() + "\n";
  }
}
