package io.mnist4j.model.foreign;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.archive.Dl4jZip;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A zip that DL4J's own programs wrote: a network of layers, or a graph that is no more than that.
 */
final class Dl4jFile {
  private static final String FORMAT = "Deeplearning4j";
  private static final int MAX_NORMALIZER_BYTES = 4096;

  private Dl4jFile() {}

  static ForeignNetwork read(Dl4jZip zip) throws ModelException, UnreadableModelException {
    String json;
    try {
      json = zip.configuration();
    } catch (IOException e) {
      throw new UnreadableModelException(e.getMessage(), e);
    }
    List<String> notes = new ArrayList<>();
    Optional<InputRange> range = normalizer(zip, notes);
    MultiLayerConfiguration configuration = configuration(json);
    if (configuration.getConfs().stream().anyMatch(layer -> layer.getLayer() == null)) {
      throw new UnreadableModelException("its configuration.json has a layer that is empty");
    }
    INDArray parameters;
    try {
      parameters =
          zip.array(ModelSerializer.COEFFICIENTS_BIN)
              .orElseThrow(
                  () -> new UnreadableModelException("it has no weights (coefficients.bin)"));
    } catch (IOException e) {
      throw new UnreadableModelException(e.getMessage(), e);
    }
    return new ForeignNetwork(
        configuration,
        parameters,
        Dl4jInput.layout(configuration),
        1,
        0,
        new ForeignNetwork.Said(FORMAT, range, List.of(), notes));
  }

  private static MultiLayerConfiguration configuration(String json)
      throws UnreadableModelException {
    try {
      // A graph's document reads as a network of no layers.
      if (json.contains("\"networkInputs\"")) {
        return chain(ComputationGraphConfiguration.fromJson(json));
      }
      return MultiLayerConfiguration.fromJson(json);
    } catch (RuntimeException e) {
      throw new UnreadableModelException(
          "its configuration.json describes no network: "
              + ExceptionUtils.getRootCause(e).getMessage(),
          e);
    }
  }

  /** A graph in which each vertex is a layer and feeds one other. */
  private static MultiLayerConfiguration chain(ComputationGraphConfiguration graph)
      throws UnreadableModelException {
    if (graph.getNetworkInputs().size() != 1 || graph.getNetworkOutputs().size() != 1) {
      throw new UnreadableModelException(
          "it is a graph with %d inputs and %d outputs; mnist4j reads those with one of each"
              .formatted(graph.getNetworkInputs().size(), graph.getNetworkOutputs().size()));
    }
    Map<String, String> successors = new HashMap<>();
    for (Map.Entry<String, List<String>> inputs : graph.getVertexInputs().entrySet()) {
      for (String input : inputs.getValue()) {
        String other = successors.put(input, inputs.getKey());
        if (other != null) {
          throw new UnreadableModelException(
              "it is a graph in which '%s' feeds both '%s' and '%s'; mnist4j reads networks whose layers follow one another"
                  .formatted(input, other, inputs.getKey()));
        }
      }
    }
    List<NeuralNetConfiguration> layers = new ArrayList<>();
    Map<Integer, InputPreProcessor> preProcessors = new HashMap<>();
    String name = graph.getNetworkInputs().get(0);
    while ((name = successors.remove(name)) != null) {
      GraphVertex vertex = graph.getVertices().get(name);
      if (!(vertex instanceof LayerVertex layer)) {
        throw new UnreadableModelException(
            "its vertex '%s' is a %s, which is no layer"
                .formatted(name, vertex == null ? "nothing" : vertex.getClass().getSimpleName()));
      }
      if (layer.getPreProcessor() != null) {
        preProcessors.put(layers.size(), layer.getPreProcessor());
      }
      layers.add(layer.getLayerConf());
    }
    if (layers.isEmpty()) {
      throw new UnreadableModelException("it is a graph without layers");
    }
    return new MultiLayerConfiguration.Builder()
        .confs(layers)
        .inputPreProcessors(preProcessors)
        .build();
  }

  /**
   * The range that DL4J's scaler of pixels makes. Others are not linear in the pixels, or not the
   * same for all of them.
   */
  private static Optional<InputRange> normalizer(Dl4jZip zip, List<String> notes)
      throws ModelException {
    if (!zip.has(ModelSerializer.NORMALIZER_BIN)) {
      return Optional.empty();
    }
    String type;
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(
                zip.bytes(ModelSerializer.NORMALIZER_BIN, MAX_NORMALIZER_BYTES)))) {
      in.readUTF();
      in.readInt();
      type = in.readUTF();
      if (type.equals("IMAGE_MIN_MAX")) {
        return Optional.of(new InputRange(in.readDouble(), in.readDouble()));
      }
    } catch (IOException | IllegalArgumentException e) {
      type = "unknown";
    }
    notes.add(
        "its normalizer.bin is of the kind %s and is ignored: say which range of pixels it was trained with"
            .formatted(type));
    return Optional.empty();
  }
}
