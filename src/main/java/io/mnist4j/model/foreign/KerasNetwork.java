package io.mnist4j.model.foreign;

import io.mnist4j.model.archive.ForwardSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.modelimport.keras.KerasSequentialModel;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Keras model as a DL4J network: DL4J's importer makes the layers, and the weights are set here.
 */
final class KerasNetwork {
  private KerasNetwork() {}

  static ForeignNetwork of(KerasFile file) throws UnreadableModelException {
    KerasLayers layers = KerasLayers.of(file);
    MultiLayerNetwork network;
    try {
      KerasSequentialModel model =
          new KerasSequentialModel(layers.toJson(), null, null, null, null, null, false, null);
      // Before there is a network, which takes memory for its weights.
      requireFits(model.getMultiLayerConfiguration(), layers, file);
      network = model.getMultiLayerNetwork(false);
    } catch (IOException
        | RuntimeException
        | InvalidKerasConfigurationException
        | UnsupportedKerasConfigurationException e) {
      throw new UnreadableModelException("DL4J cannot import it: " + e.getMessage(), e);
    }
    for (Layer layer : network.getLayers()) {
      setWeights(layer, layers, file.weights());
    }
    return new ForeignNetwork(
        "Keras " + file.version(),
        network.getLayerWiseConfigurations(),
        network.params(),
        layers.layout(),
        layers.factor(),
        layers.offset(),
        layers.rescaled(),
        List.of());
  }

  private static void requireFits(
      MultiLayerConfiguration configuration, KerasLayers layers, KerasFile file)
      throws IOException {
    ForwardSize.check(configuration, layers.layout().type());
    long inFile = 0;
    for (List<INDArray> arrays : file.weights().values()) {
      inFile += arrays.stream().mapToLong(INDArray::length).sum();
    }
    long needed = 0;
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      long parameters = layer.getLayer().initializer().numParams(layer);
      needed += parameters;
      // A batch normalisation may lack two of its four in the file.
      if (parameters < 0 || needed > 2 * inFile) {
        throw new IOException(
            "its layer '%s' has more weights than the file"
                .formatted(layer.getLayer().getLayerName()));
      }
    }
  }

  private static void setWeights(Layer layer, KerasLayers layers, Map<String, List<INDArray>> all)
      throws UnreadableModelException {
    Map<String, INDArray> parameters = layer.paramTable();
    if (parameters.isEmpty()) {
      return;
    }
    String name = layer.conf().getLayer().getLayerName();
    List<INDArray> weights = new ArrayList<>(all.getOrDefault(name, List.of()));
    List<String> keys = keys(layer, layers);
    if (keys.size() != weights.size()) {
      throw new UnreadableModelException(
          "%s has %d arrays of weights in the file, not %d"
              .formatted(Named.of(layer.conf().getLayer(), 0), weights.size(), keys.size()));
    }
    for (int i = 0; i < keys.size(); i++) {
      INDArray parameter = parameters.get(keys.get(i));
      INDArray weight = inOrderOfDl4j(layer, weights.get(i));
      if (parameter.length() != weight.length()) {
        throw new UnreadableModelException(
            "%s wants %d weights of %s, and the file has %d"
                .formatted(
                    Named.of(layer.conf().getLayer(), 0),
                    parameter.length(),
                    keys.get(i),
                    weight.length()));
      }
      parameter.assign(weight.reshape(parameter.shape()));
    }
  }

  /** Keras has rows, columns, channels, filters; DL4J filters first, but in this one kind. */
  private static INDArray inOrderOfDl4j(Layer layer, INDArray weight) {
    return weight.rank() == 4 && !(layer.conf().getLayer() instanceof DepthwiseConvolution2D)
        ? weight.permute(3, 2, 0, 1)
        : weight;
  }

  /** DL4J's names in the order in which Keras lists the arrays. */
  private static List<String> keys(Layer layer, KerasLayers layers) {
    Map<String, INDArray> parameters = layer.paramTable();
    List<String> keys = new ArrayList<>();
    if (layer.conf().getLayer() instanceof BatchNormalization) {
      INDArray gamma = parameters.get("gamma");
      gamma.assign(Nd4j.onesLike(gamma));
      parameters.get("beta").assign(0);
      String name = layer.conf().getLayer().getLayerName();
      if (layers.has(name, "scale")) {
        keys.add("gamma");
      }
      if (layers.has(name, "center")) {
        keys.add("beta");
      }
      keys.add("mean");
      keys.add("var");
      return keys;
    }
    if (layer.conf().getLayer() instanceof SeparableConvolution2D) {
      keys.add("W");
      keys.add("pW");
    } else {
      keys.addAll(parameters.keySet().stream().filter(key -> !key.equals("b")).toList());
    }
    if (parameters.containsKey("b")) {
      keys.add("b");
    }
    return keys;
  }
}
