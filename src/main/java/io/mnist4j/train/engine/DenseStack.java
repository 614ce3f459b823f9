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
 * @param inputKept part of the pixels that dropout keeps; 1 without
 */
public record DenseStack(double inputKept, List<Layer> layers, OutputSpec output) {

  /**
   * One of the layers.
   *
   * @param kept part of its outputs that dropout keeps; 1 without
   */
  record Layer(int units, ElementwiseActivation curve, double kept) {}

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
    double inputKept = 1;
    List<Layer> layers = new ArrayList<>();
    boolean afterDropout = false;
    for (LayerSpec layer : network.layers()) {
      if (layer instanceof Dense dense) {
        layers.add(new Layer(dense.units(), curve(dense.activation()), 1));
        afterDropout = false;
      } else if (layer instanceof Dropout dropout) {
        if (afterDropout) {
          throw new NotCoveredException("two dropout layers in a row");
        }
        afterDropout = true;
        double kept = 1 - dropout.rate();
        if (layers.isEmpty()) {
          inputKept = kept;
        } else {
          Layer before = layers.remove(layers.size() - 1);
          layers.add(new Layer(before.units(), before.curve(), kept));
        }
      } else if (!(layer instanceof Flatten)) {
        throw new NotCoveredException("a layer " + layer.key());
      }
    }
    OutputSpec output = network.output();
    if (output.activation() != Activation.SOFTMAX) {
      curve(output.activation());
    }
    layers.add(new Layer(classes, new ElementwiseActivation.Identity(), 1));
    return new DenseStack(inputKept, layers, output);
  }

  private static ElementwiseActivation curve(Activation activation) throws NotCoveredException {
    return ElementwiseActivation.of(activation)
        .orElseThrow(
            () ->
                new NotCoveredException(
                    "the activation " + activation.name().toLowerCase(Locale.ROOT)));
  }
}
