package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.train.Mixup;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.maps.MapFrontBuilder;
import io.mnist4j.train.engine.stage.DropoutMask;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.Stage;
import io.mnist4j.train.engine.stage.StageContext;
import java.util.ArrayList;
import java.util.List;

/** Makes the stages that a network's layers are computed by, from the first to the last. */
final class StageBuilder {
  /** Above it, a dense product is quicker than one that leaves out the empty pixels. */
  private static final double HIGHEST_DENSITY = 0.3;

  private final StageContext context;
  private final ImageSet images;
  private final PixelReader reader;
  private final List<LayerSpec> mapLayers;
  private final List<LayerSpec> layers;

  /** How many of them, maps first, stay as they are. */
  private final int frozen;

  /** Index of the first layer that is not among the stages yet. */
  private int next;

  /** Of that layer's parameters in the network's. */
  private int start;

  /**
   * @param mixup null for none
   */
  StageBuilder(TrainingTask task, NetworkPlan plan, StageContext context, Mixup mixup) {
    this.context = context;
    images = task.images();
    reader = new PixelReader(images, task.training().augmentation(), task.seed(), mixup);
    mapLayers = plan.mapLayers();
    layers = plan.flatLayers();
    frozen = task.frozenLayers();
  }

  /** The first of the stages is a {@link NetworkFront}, the others are flat layers. */
  List<Stage> build() {
    List<Stage> stages = new ArrayList<>();
    stages.add(front());
    freeze(last(stages));
    addSoftmax(stages);
    while (next < layers.size()) {
      FlatLayer layer = flatLayer(layers.get(next), last(stages));
      stages.add(layer);
      start += layer.parameters();
      next++;
      freeze(layer);
      addSoftmax(stages);
    }
    return stages;
  }

  private static Stage last(List<Stage> stages) {
    return stages.get(stages.size() - 1);
  }

  /** Where the layer before the next one ends in it. */
  private void addSoftmax(List<Stage> stages) {
    if (next > 0 && isSoftmax(layers.get(next - 1))) {
      stages.add(new SoftmaxLayer(context, last(stages)));
      freeze(last(stages));
    }
  }

  /** Where all layers up to the next one stay as they are. A front of maps freezes parts of it. */
  private void freeze(Stage stage) {
    if (frozen > 0 && mapLayers.size() + next <= frozen) {
      stage.freeze();
    }
  }

  private static boolean isSoftmax(LayerSpec layer) {
    return layer instanceof Dense dense && dense.activation() == Activation.SOFTMAX;
  }

  private NetworkFront front() {
    if (!mapLayers.isEmpty()) {
      Shape.Image input = new Shape.Image(images.height(), images.width(), 1);
      NetworkFront front = new MapFrontBuilder(context, input, mapLayers, frozen).build(reader);
      start = front.parameters();
      return front;
    }
    int pixels = images.pixelsPerImage();
    int firstDense = skipDropout(0);
    if (layers.get(firstDense) instanceof Dense dense && isSparse(firstDense, dense)) {
      List<DropoutMask> masks = new ArrayList<>();
      for (LayerSpec layer : layers.subList(Math.min(frozen, firstDense), firstDense)) {
        double kept = 1 - ((Dropout) layer).rate();
        masks.add(new DropoutMask(kept, pixels));
      }
      SparseInput input = new SparseInput(reader, images, masks, context.room());
      next = firstDense + 1;
      boolean imageMajor = !isSoftmax(dense) && isImageMajor(next);
      SparseLayer layer = new SparseLayer(context, input, pixels, dense, imageMajor);
      start = layer.parameters();
      return layer;
    }
    return new DenseInput(reader, pixels, context.room(), isImageMajor(0));
  }

  /** Whether a dense layer is the first to care in which order the inputs of a layer lie. */
  private boolean isImageMajor(int layer) {
    return layers.get(skipDropout(layer)) instanceof Dense;
  }

  /** Returns the index of the first layer from one on that is no dropout. */
  private int skipDropout(int from) {
    int layer = from;
    while (layers.get(layer) instanceof Dropout) {
      layer++;
    }
    return layer;
  }

  private boolean isSparse(int layer, Dense dense) {
    return layer < layers.size() - 1
        && SparseLayer.fits(images.pixelsPerImage(), dense.units(), context.batchSize())
        && CsrImages.density(images) < HIGHEST_DENSITY;
  }

  private FlatLayer flatLayer(LayerSpec layer, Stage below) {
    if (layer instanceof Dense dense) {
      return new DenseLayer(context, start, below, dense.units(), dense.activation());
    } else if (layer instanceof Dropout dropout) {
      return new DropoutLayer(context, below, 1 - dropout.rate());
    } else if (layer instanceof Batchnorm batchnorm) {
      return new BatchnormLayer(context, start, below, batchnorm);
    }
    throw new IllegalArgumentException("no flat layer: " + layer);
  }
}
