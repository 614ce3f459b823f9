package io.mnist4j.train.engine;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's layers as the fused step takes them.
 *
 * @param mapLayers those that take an image, up to the first flattening; none where no layer does
 * @param flatLayers those that take a row of numbers, but for flattening; last, the sums of the
 *     output layer
 * @param output what becomes of these sums
 */
public record NetworkPlan(
    List<LayerSpec> mapLayers, List<LayerSpec> flatLayers, OutputSpec output) {

  public NetworkPlan {
    mapLayers = List.copyOf(mapLayers);
    flatLayers = List.copyOf(flatLayers);
  }

  /** Reads a network's specification. */
  public static NetworkPlan of(NetworkSpec network, int classes) {
    List<LayerSpec> mapLayers = new ArrayList<>();
    List<LayerSpec> layers = new ArrayList<>();
    boolean flat = network.layers().stream().noneMatch(LayerSpec::needsImage);
    for (LayerSpec layer : network.layers()) {
      flat = flat || layer instanceof Flatten;
      // Dropout of nothing stays: DL4J draws for it too, and what is drawn next depends on that.
      if (!(layer instanceof Flatten)) {
        (flat ? layers : mapLayers).add(layer);
      }
    }
    OutputSpec output = network.output();
    layers.add(new Dense(classes, Activation.IDENTITY, output.weightInit()));
    return new NetworkPlan(mapLayers, layers, output);
  }
}
