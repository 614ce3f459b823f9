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
 * @param flatLayers those that take a row of numbers, without what does nothing; last, the sums of
 *     the output layer
 * @param output what becomes of these sums
 */
public record NetworkPlan(List<LayerSpec> flatLayers, OutputSpec output) {

  /** Says why a network has no fused step. */
  public static final class NotCoveredException extends Exception {
    private static final long serialVersionUID = 1;

    NotCoveredException(String message) {
      super(message);
    }
  }

  public NetworkPlan {
    flatLayers = List.copyOf(flatLayers);
  }

  /**
   * Reads a network's specification.
   *
   * @throws NotCoveredException if the fused step does not know a layer; the message says which
   */
  public static NetworkPlan of(NetworkSpec network, int classes) throws NotCoveredException {
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : network.layers()) {
      if (layer.needsImage() || layer instanceof Batchnorm || isSoftmax(layer)) {
        throw new NotCoveredException("a layer " + layer.key());
      }
      if (!doesNothing(layer)) {
        layers.add(layer);
      }
    }
    OutputSpec output = network.output();
    layers.add(new Dense(classes, Activation.IDENTITY, output.weightInit()));
    return new NetworkPlan(layers, output);
  }

  private static boolean isSoftmax(LayerSpec layer) {
    return layer instanceof Dense dense && dense.activation() == Activation.SOFTMAX;
  }

  private static boolean doesNothing(LayerSpec layer) {
    return layer instanceof Flatten || (layer instanceof Dropout dropout && dropout.rate() == 0);
  }
}
