package io.mnist4j.train.engine.maps;

import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.ElementwiseActivation;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.StageContext;
import java.util.ArrayList;
import java.util.List;

/** Makes the layers that take images. */
public final class MapFrontBuilder {
  private final StageContext context;
  private final List<LayerSpec> specs;

  /** How many of them stay as they are. */
  private final int frozen;

  /** What goes into each layer, and out of the last. */
  private final List<Shape.Image> shapes = new ArrayList<>();

  private final List<MapLayer> layers = new ArrayList<>();

  /** Of the next layer's parameters in the network's. */
  private int start;

  /**
   * Whether a layer that learns has been made, so that the next one has to give it a derivative.
   */
  private boolean learns;

  /**
   * @param input of the first layer
   * @param specs of the layers, at least one
   * @param frozen how many of the first ones, at most, stay as they are
   */
  public MapFrontBuilder(
      StageContext context, Shape.Image input, List<LayerSpec> specs, int frozen) {
    this.context = context;
    this.specs = specs;
    this.frozen = Math.min(frozen, specs.size());
    shapes.add(input);
    for (LayerSpec spec : specs) {
      shapes.add((Shape.Image) spec.output(shapes.get(shapes.size() - 1)));
    }
  }

  /** Makes the front. */
  public NetworkFront build(PixelReader reader) {
    FeatureMaps pixels = maps(0, inputBorder(0));
    MapLayer.Link below = new MapLayer.Link(pixels, null);
    for (int i = 0; i < specs.size(); i++) {
      FeatureMaps values = maps(i + 1, inputBorder(i + 1));
      FeatureMaps deltas = maps(i + 1, deltaBorder(i));
      layers.add(layer(i, below, new MapLayer.Link(values, deltas)));
      start += Math.toIntExact(parameters(i));
      learns = learns || (i >= frozen && parameters(i) > 0);
      below = new MapLayer.Link(values, learns ? deltas : null);
    }
    Shape.Image last = shapes.get(specs.size());
    ActivationBuffer out =
        new ActivationBuffer(Math.toIntExact(last.size()), context.room(), false);
    return new MapFront(
        reader, pixels, layers, new MapFront.LearnedPart(start, frozen, learns), out);
  }

  private FeatureMaps maps(int i, Border border) {
    Shape.Image shape = shapes.get(i);
    return new FeatureMaps(shape.channels(), shape.height(), shape.width(), border, context.room());
  }

  private long parameters(int i) {
    return specs.get(i).trainedParameters(shapes.get(i)) + specs.get(i).statistics(shapes.get(i));
  }

  /** The zeros that a layer reaches for beside its inputs. */
  private Border inputBorder(int i) {
    return i < specs.size() && specs.get(i) instanceof Conv2d spec
        ? geometry(i, spec).inputBorder()
        : Border.NONE;
  }

  /** The zeros that a layer reaches for beside the derivative by its outputs. */
  private Border deltaBorder(int i) {
    return specs.get(i) instanceof Conv2d spec ? geometry(i, spec).deltaBorder() : Border.NONE;
  }

  private ConvolutionGeometry geometry(int i, Conv2d spec) {
    return ConvolutionGeometry.of(shapes.get(i), shapes.get(i + 1), spec);
  }

  private MapLayer layer(int i, MapLayer.Link below, MapLayer.Link above) {
    LayerSpec layer = specs.get(i);
    if (layer instanceof Conv2d spec) {
      ElementwiseActivation activation = new ElementwiseActivation(spec.activation());
      return new ConvolutionLayer(below, above, geometry(i, spec), activation, context, start);
    } else if (layer instanceof Maxpool2d spec) {
      return new MaxPoolingLayer(below, above, spec.kernel(), spec.stride());
    } else if (layer instanceof Avgpool2d spec) {
      return new AveragePoolingLayer(below, above, spec.kernel(), spec.stride());
    } else if (layer instanceof Batchnorm spec) {
      return new MapBatchnormLayer(below, above, spec, context, start);
    } else if (layer instanceof Dropout spec) {
      return new MapDropoutLayer(below, above, 1 - spec.rate());
    }
    throw new IllegalArgumentException("no layer on images: " + layer);
  }
}
