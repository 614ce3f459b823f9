package io.mnist4j.serve;

import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The answer of {@code GET /v1/model}: which model responds here, and what it takes.
 *
 * @param collects whether pictures that are named are saved
 * @param compared names of the models at {@code /v1/predict/1} and so on
 */
record ModelJson(
    String file,
    String format,
    String dataset,
    List<String> labels,
    Input input,
    List<LayerSize> layers,
    long parameters,
    Map<String, Double> metrics,
    Limits limits,
    boolean collects,
    List<String> compared) {

  record Input(int height, int width, boolean wholePictures) {
    static Input of(ModelInstance instance, ServeSettings settings) {
      Provenance provenance = instance.model().provenance();
      return new Input(
          provenance.height(),
          provenance.width(),
          settings.wholePictures() || provenance.learnedWholePictures());
    }
  }

  record LayerSize(String type, long parameters) {}

  record Limits(int bodyBytes, int requestsPerSecond, int timeoutSeconds) {}

  static ModelJson of(
      ModelInstance instance,
      List<ModelInstance> compared,
      ServeSettings settings,
      boolean collects) {
    TrainedModel model = instance.model();
    Provenance provenance = model.provenance();
    return new ModelJson(
        instance.name(),
        model
            .origin()
            .map(origin -> origin.format())
            .orElse("mnist4j " + provenance.versions().getOrDefault("mnist4j", "")),
        provenance.dataset(),
        provenance.labels(),
        Input.of(instance, settings),
        Arrays.stream(model.network().getLayers())
            .map(
                layer ->
                    new LayerSize(
                        layer.conf().getLayer().getClass().getSimpleName(), layer.numParams()))
            .toList(),
        model.network().numParams(),
        provenance.metrics(),
        new Limits(
            settings.maxBodyBytes(), settings.requestsPerSecond(), settings.timeoutSeconds()),
        collects,
        compared.stream().map(ModelInstance::name).toList());
  }
}
