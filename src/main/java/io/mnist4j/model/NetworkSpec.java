package io.mnist4j.model;

import io.mnist4j.config.Key;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.model.layers.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A network: the layers from the input on, and the output layer over the classes of the data set.
 * The image comes in as {@code height x width x 1} where a layer needs one, else as a row of
 * pixels.
 */
public record NetworkSpec(
    @Key("from the input on, without the output layer") List<LayerSpec> layers,
    @Key("a dense layer with one unit for each class") OutputSpec output) {
  /** Dense(128, ReLU), then softmax with cross-entropy. */
  public static final NetworkSpec DEFAULT =
      new NetworkSpec(List.of(Dense.DEFAULT), OutputSpec.DEFAULT);

  public NetworkSpec {
    layers = List.copyOf(layers);
    Objects.requireNonNull(output, "output");
  }

  /**
   * The same network with other hidden layers. Each is as the dense layer in its place was, or the
   * last one, but for its width, and is followed by what followed that one, such as dropout. What
   * stands before the first dense layer stays.
   *
   * @param widths units of each dense layer, from the input on
   * @throws IllegalArgumentException if a width is below 1, or a layer needs images: which layers
   *     such a network is to have, widths do not say
   */
  public NetworkSpec withHidden(List<Integer> widths) {
    layers.stream()
        .filter(LayerSpec::needsImage)
        .findFirst()
        .ifPresent(
            layer -> {
              throw new IllegalArgumentException(
                  "this network has a %s, and widths are for one of dense layers; set model.layers"
                      .formatted(layer.key()));
            });
    List<LayerSpec> before = new ArrayList<>();
    List<List<LayerSpec>> blocks = new ArrayList<>();
    for (LayerSpec layer : layers) {
      if (layer instanceof Dense) {
        blocks.add(new ArrayList<>());
      }
      (blocks.isEmpty() ? before : blocks.get(blocks.size() - 1)).add(layer);
    }
    if (blocks.isEmpty()) {
      blocks.add(List.of(Dense.DEFAULT));
    }
    List<LayerSpec> all = new ArrayList<>(before);
    for (int i = 0; i < widths.size(); i++) {
      List<LayerSpec> block = blocks.get(Math.min(i, blocks.size() - 1));
      Dense model = (Dense) block.get(0);
      all.add(new Dense(widths.get(i), model.activation(), model.weightInit()));
      all.addAll(block.subList(1, block.size()));
    }
    return new NetworkSpec(all, output);
  }

  /**
   * What goes into each layer, the output layer being the last.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @param classes of the data set
   * @throws ShapeException if the layers do not fit together
   */
  public List<Shape> inputShapes(int height, int width, int classes) {
    boolean image = layers.stream().anyMatch(LayerSpec::needsImage);
    Shape shape = image ? new Shape.Image(height, width, 1) : new Shape.Flat((long) height * width);
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      shapes.add(shape);
      try {
        shape = layers.get(i).output(shape);
      } catch (IllegalArgumentException e) {
        throw new ShapeException("model.layers." + i, e.getMessage());
      }
    }
    try {
      Dense.requireFlat(shape, "the output layer");
    } catch (IllegalArgumentException e) {
      throw new ShapeException("model.layers", e.getMessage());
    }
    if (classes < 2 && output.activation() == Activation.SOFTMAX) {
      throw new ShapeException("model.output", "a softmax over one class is always 1");
    }
    shapes.add(shape);
    return shapes;
  }

  /**
   * How many of the first entries are layers of their own to Deeplearning4j: flattening is none.
   */
  public int layersWithoutFlattening(int entries) {
    return (int)
        layers.subList(0, entries).stream().filter(layer -> !(layer instanceof Flatten)).count();
  }

  /**
   * Weights, biases and running averages of the whole network.
   *
   * @throws ShapeException if the layers do not fit together
   */
  public long parameters(int height, int width, int classes) {
    return ModelSummary.of(this, height, width, classes).parameters();
  }
}
