package io.mnist4j.serve;

import io.mnist4j.model.Build;
import io.mnist4j.model.export.Exporter;
import io.mnist4j.serve.http.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Where clients of other servers look for a model: the Open Inference Protocol, TensorFlow Serving,
 * and the two addresses of a container in SageMaker and MLflow.
 */
final class ModelRoutes {
  /** What a model is asked by. */
  interface Handlers {
    PredictHandler of(ServedNetwork network, Supplier<Protocol> protocols);
  }

  private record Version(String version, String state, Status status) {}

  private record Status(
      @JsonProperty("error_code") String code, @JsonProperty("error_message") String message) {}

  private ModelRoutes() {}

  /** The paths of all models, with what responds there. */
  static Map<String, Endpoint> of(List<ServedNetwork> networks, Handlers handlers) {
    Map<String, Endpoint> routes = new LinkedHashMap<>();
    for (String path : List.of("/healthz", "/livez", "/readyz", "/ping")) {
      routes.put(path, Endpoint.json(Map.of("status", "ok")));
    }
    routes.put("/invocations", Endpoint.post(handlers.of(networks.get(0), OwnProtocol::new)));
    routes.put(
        "/v2",
        Endpoint.json(
            Map.of(
                "name", "mnist4j", "version", Build.current().mnist4j(), "extensions", List.of())));
    routes.put("/v2/health/live", Endpoint.json(Map.of("live", true)));
    routes.put("/v2/health/ready", Endpoint.json(Map.of("ready", true)));
    for (ServedNetwork network : networks) {
      String name = network.name();
      Version version = new Version("1", "AVAILABLE", new Status("OK", ""));
      routes.put(
          "/v1/models/" + name, Endpoint.json(Map.of("model_version_status", List.of(version))));
      routes.put(
          "/v1/models/" + name + ":predict",
          Endpoint.post(handlers.of(network, TensorFlowProtocol::new)));
      String open = "/v2/models/" + name;
      routes.put(open, Endpoint.json(() -> info(network)));
      routes.put(open + "/ready", Endpoint.json(Map.of("name", name, "ready", true)));
      routes.put(
          open + "/infer",
          Endpoint.post(handlers.of(network, () -> new OpenInferenceProtocol(name))));
    }
    return routes;
  }

  private static OpenInferenceProtocol.ModelInfo info(ServedNetwork network) {
    return OpenInferenceProtocol.ModelInfo.of(
        network.name(),
        Exporter.inputShape(network.instance().model()),
        network.instance().model().provenance().labels().size());
  }
}
