package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.model.Build;
import io.mnist4j.model.Provenance;
import java.util.Map;
import java.util.TreeMap;

/** What the model of a run says of how it was made. */
final class RunProvenance {
  private RunProvenance() {}

  /**
   * @param metrics of the test; empty where there was none yet
   */
  static Provenance of(TrainingInputs inputs, Backend backend, Map<String, Double> metrics) {
    DataSplit images = inputs.images();
    Build build = Build.current();
    return new Provenance(
        ExperimentFile.toMap(inputs.experiment()),
        images.dataset().name(),
        images.dataset().contentSha256(),
        images.classNames(),
        images.train().height(),
        images.train().width(),
        inputs.experiment().seed(),
        metrics,
        Map.of(
            "mnist4j", build.mnist4j(),
            "deeplearning4j", build.dl4j(),
            "jdk", System.getProperty("java.version")),
        platform(build, backend));
  }

  private static Map<String, String> platform(Build build, Backend backend) {
    Map<String, String> platform = new TreeMap<>();
    platform.put("os", System.getProperty("os.name"));
    platform.put("arch", System.getProperty("os.arch"));
    platform.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    ResourceUse.processor().ifPresent(name -> platform.put("processor", name));
    platform.put("natives", build.natives());
    platform.putAll(backend.description());
    return platform;
  }
}
