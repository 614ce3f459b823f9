package io.mnist4j.train.engine;

import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network as far as the fused step knows any: dense layers, each with an activation and perhaps
 * dropout after it. The output layer is the last of them.
 *
 * @param inputKeepProbability of each pixel, where the network begins with dropout; else 1
 */
public record DenseStack(double inputKeepProbability, List<Layer> layers, OutputSpec output) {

  /**
   * One of the layers.
   *
   * @param keepProbability of each of its outputs, where dropout follows; else 1
   */
  record Layer(int units, ElementwiseActivation activation, double keepProbability) {}

  /** Says why a network has no fused step. */
  public static final class NotCoveredException extends Exception {
    private static final long serialVersionUID = 1;

    NotCoveredException(String message) {
      super(message);
    }
  }

  public DenseStack {
    layers = List.copyOf(layers);
  }

  /**
   * Reads a network's specification.
   *
   * @throws NotCoveredException if it has something else than such layers; the message says what
   */
  public static DenseStack of(NetworkSpec network, int classes) throws NotCoveredException {
    double inputKeepProbability = 1;
    List<Layer> layers = new ArrayList<>();
    boolean afterDropout = false;
    for (LayerSpec layer : network.layers()) {
      if (layer instanceof Dense dense) {
        layers.add(new Layer(dense.units(), elementwise(dense.activation()), 1));
        afterDropout = false;
      } else if (layer instanceof Dropout dropout) {
        if (afterDropout) {
          throw new NotCoveredException("two dropout layers in a row");
        }
        afterDropout = true;
        double kept = 1 - dropout.rate();
        if (layers.isEmpty()) {
          inputKeepProbability = kept;
        } else {
          Layer before = layers.remove(layers.size() - 1);
          layers.add(new Layer(before.units(), before.activation(), kept));
        }
      } else if (!(layer instanceof Flatten)) {
        throw new NotCoveredException("a layer " + layer.key());
      }
    }
    OutputSpec output = network.output();
    if (output.activation() != Activation.SOFTMAX) {
      elementwise(output.activation());
    }
    layers.add(new Layer(classes, ElementwiseActivation.IDENTITY, 1));
    return new DenseStack(inputKeepProbability, layers, output);
  }

  private static ElementwiseActivation elementwise(Activation activation)
      throws NotCoveredException {
    return ElementwiseActivation.of(activation)
        .orElseThrow(
            () ->
                new NotCoveredException(
                    "the activation " + activation.name().toLowerCase(Locale.ROOT)));
  }
}
