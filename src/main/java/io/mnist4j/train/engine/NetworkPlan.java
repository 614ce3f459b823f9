package io.mnist4j.train.engine;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's layers as the fused step takes them.
 *
 * @param mapLayers those that take an image, up to the first flattening; none where no layer does
 * @param flatLayers those that take a row of numbers, without what does nothing; last, the sums of
 *     the output layer
 * @param output what becomes of these sums
 */
public record NetworkPlan(
    List<LayerSpec> mapLayers, List<LayerSpec> flatLayers, OutputSpec output) {

  /** Says why a network has no fused step. */
  public static final class NotCoveredException extends Exception {
    private static final long serialVersionUID = 1;

    NotCoveredException(String message) {
      super(message);
    }
  }

  public NetworkPlan {
    mapLayers = List.copyOf(mapLayers);
    flatLayers = List.copyOf(flatLayers);
  }

  /**
   * Reads a network's specification.
   *
   * @throws NotCoveredException if the fused step does not know a layer; the message says which
   */
  public static NetworkPlan of(NetworkSpec network, int classes) throws NotCoveredException {
    List<LayerSpec> mapLayers = new ArrayList<>();
    List<LayerSpec> layers = new ArrayList<>();
    boolean flat = network.layers().stream().noneMatch(LayerSpec::needsImage);
    for (LayerSpec layer : network.layers()) {
      flat = flat || layer instanceof Flatten;
      if (!flat) {
        if (!doesNothing(layer)) {
          mapLayers.add(layer);
        }
        continue;
      }
      if (layer instanceof Batchnorm || isSoftmax(layer)) {
        throw new NotCoveredException("a layer " + layer.key());
      }
      if (!doesNothing(layer)) {
        layers.add(layer);
      }
    }
    OutputSpec output = network.output();
    layers.add(new Dense(classes, Activation.IDENTITY, output.weightInit()));
    return new NetworkPlan(mapLayers, layers, output);
  }

  private static boolean isSoftmax(LayerSpec layer) {
    return layer instanceof Dense dense && dense.activation() == Activation.SOFTMAX;
  }

  private static boolean doesNothing(LayerSpec layer) {
    return layer instanceof Flatten || (layer instanceof Dropout dropout && dropout.rate() == 0);
  }
}
