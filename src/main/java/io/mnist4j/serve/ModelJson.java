package io.mnist4j.serve;

import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The answer of {@code GET /v1/model}: which model responds here, and what it takes. */
final class ModelJson {
  private ModelJson() {}

  static ObjectNode of(ModelInstance instance, ServeSettings settings) {
    TrainedModel model = instance.model();
    Provenance provenance = model.provenance();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("file", instance.name());
    document.put(
        "format",
        model
            .origin()
            .map(origin -> origin.format())
            .orElse("mnist4j " + provenance.versions().getOrDefault("mnist4j", "")));
    document.put("dataset", provenance.dataset());
    ArrayNode labels = document.putArray("labels");
    provenance.labels().forEach(labels::add);
    document
        .putObject("input")
        .put("height", provenance.height())
        .put("width", provenance.width())
        .put("wholePictures", settings.wholePictures());
    ArrayNode layers = document.putArray("layers");
    for (Layer layer : model.network().getLayers()) {
      layers
          .addObject()
          .put("type", layer.conf().getLayer().getClass().getSimpleName())
          .put("parameters", layer.numParams());
    }
    document.put("parameters", model.network().numParams());
    ObjectNode metrics = document.putObject("metrics");
    for (Map.Entry<String, Double> metric : provenance.metrics().entrySet()) {
      metrics.put(metric.getKey(), metric.getValue());
    }
    document
        .putObject("limits")
        .put("bodyBytes", settings.maxBodyBytes())
        .put("requestsPerSecond", settings.requestsPerSecond())
        .put("timeoutSeconds", settings.timeoutSeconds());
    return document;
  }
}
