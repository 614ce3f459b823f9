package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.EpochOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingTask;
import io.mnist4j.train.engine.LearnerInput.InputBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The steps of a stack of dense layers, without what DL4J does beside the arithmetic: no product
 * twice, no derivative by the pixels, no memory taken, a handful of native calls.
 *
 * <p>It works on the network's own arrays, those of the first layer by way of a copy, which {@link
 * #syncParameters} brings back.
 */
public final class FusedLearner implements Learner {
  /** Above it, a dense product is quicker than one that leaves out the empty pixels. */
  private static final double HIGHEST_DENSITY = 0.3;

  /** Images that are evaluated at once, even where fewer are learned from at once. */
  private static final int SMALLEST_ROOM = 128;

  private final MultiLayerNetwork network;
  private final int classes;
  private final ImageSet images;
  private final long seed;
  private final int batchSize;
  private final int room;
  private final int[] order;
  private final WorkerPool workers;
  private final Scratch[] scratch;
  private final ParameterUpdate update;
  private final double largestNorm;
  private final List<FusedLayer> layers = new ArrayList<>();
  private final LearnerInput input;
  private final OutputLayer output;

  /** Of the input first, then of each layer; null where there is no dropout. */
  private final List<DropoutMask> masks = new ArrayList<>();

  private int epoch;

  /**
   * @param stack of the network's layers
   * @param threads the most that will ever compute
   */
  public FusedLearner(TrainingTask task, DenseStack stack, int threads) {
    TrainingSpec spec = task.training();
    network = task.network();
    images = task.images();
    seed = task.seed();
    classes = task.classes();
    batchSize = Math.min(spec.batchSize(), images.size());
    room = Math.max(batchSize, SMALLEST_ROOM);
    order = new int[images.size()];
    workers = new WorkerPool(threads);
    scratch = new Scratch[threads];
    Arrays.setAll(scratch, i -> new Scratch(room, images.pixelsPerImage()));
    update = new ParameterUpdate(spec);
    largestNorm = spec.clipping().norm();
    input = addLayers(stack, spec.augmentation());
    output = new OutputLayer(stack.output(), classes, room);
    masks.add(mask(stack.inputKeepProbability(), images.pixelsPerImage()));
    stack.layers().forEach(layer -> masks.add(mask(layer.keepProbability(), layer.units())));
  }

  /** Returns what brings images to the first layer. */
  private LearnerInput addLayers(DenseStack stack, AugmentationSpec augmentation) {
    FlatArrays arrays = new FlatArrays(network);
    int inputs = images.pixelsPerImage();
    LearnerInput first = null;
    ActivationBuffer below = null;
    if (!isSparse(stack)) {
      DenseInput dense = new DenseInput(images, augmentation, seed, room);
      first = dense;
      below = dense.buffer;
    }
    int start = 0;
    for (DenseStack.Layer layer : stack.layers()) {
      if (below == null) {
        SparseLayer sparse = new SparseLayer(arrays, start, inputs, layer, room, update.states());
        boolean masked = stack.inputKeepProbability() < 1;
        first = new SparseInput(sparse, images, augmentation, seed, masked, room);
        layers.add(sparse);
      } else {
        layers.add(new DenseLayer(arrays, start, below, layer, room));
      }
      start += (inputs + 1) * layer.units();
      inputs = layer.units();
      below = last();
    }
    return first;
  }

  private boolean isSparse(DenseStack stack) {
    return stack.layers().size() > 1
        && SparseLayer.fits(images.pixelsPerImage(), stack.layers().get(0).units(), batchSize)
        && CsrImages.density(images) < HIGHEST_DENSITY;
  }

  private DropoutMask mask(double keepProbability, int units) {
    return keepProbability < 1 ? new DropoutMask(keepProbability, batchSize, units) : null;
  }

  private ActivationBuffer last() {
    return layers.get(layers.size() - 1).out;
  }

  @Override
  public void shuffle(int ofEpoch) {
    epoch = ofEpoch;
    EpochOrder.shuffle(order, seed, ofEpoch);
  }

  @Override
  public double trainBatch(int batch, double rate, long stepSeed) {
    int first = batch * batchSize;
    int size = Math.min(batchSize, order.length - first);
    FloatBuffer[] drawn = draw(stepSeed, size);
    input.load(workers, scratch, new InputBatch(order, first, size, epoch, drawn[0]));
    forward(size, true, drawn);
    double loss =
        output.differentiate(workers, last(), size, image -> images.label(order[first + image]));
    backward(size, drawn);
    int step = network.getIterationCount() + 1;
    update.begin(rate, step);
    updateWeights(size);
    network.getLayerWiseConfigurations().setIterationCount(step);
    return loss;
  }

  /** In the order in which DL4J draws. */
  private FloatBuffer[] draw(long stepSeed, int size) {
    Nd4j.getRandom().setSeed(stepSeed);
    FloatBuffer[] drawn = new FloatBuffer[masks.size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = masks.get(i) == null ? null : masks.get(i).draw(size);
    }
    return drawn;
  }

  private void forward(int size, boolean training, FloatBuffer[] drawn) {
    for (int s = 0; s < layers.size(); s++) {
      layers.get(s).forward(workers, scratch, size, training, drawn[s + 1]);
    }
    output.read(last(), size);
  }

  private void backward(int size, FloatBuffer[] drawn) {
    for (int s = layers.size() - 1; s > 0; s--) {
      FusedLayer below = layers.get(s - 1);
      ((DenseLayer) layers.get(s)).backward(workers, scratch, size, below, drawn[s]);
    }
    if (layers.get(0) instanceof SparseLayer first) {
      first.differentiate(workers, size, drawn[1]);
    }
  }

  private void updateWeights(int size) {
    if (largestNorm == 0) {
      forEachPart((layer, part, own) -> layer.learn(part, own, size, update));
      return;
    }
    forEachPart((layer, part, own) -> layer.learn(part, own, size, null));
    double squares = 0;
    for (FusedLayer layer : layers) {
      for (int part = 0; part < layer.parts(); part++) {
        squares += layer.squaredNorm(part, scratch[0]);
      }
    }
    double norm = Math.sqrt(squares);
    if (norm > largestNorm) {
      update.scale(largestNorm / norm);
    }
    forEachPart((layer, part, own) -> layer.applyGradient(part, own, update));
  }

  @FunctionalInterface
  private interface LayerWork {
    void run(FusedLayer layer, int part, Scratch own);
  }

  /** Runs the parts of all layers as one job. */
  private void forEachPart(LayerWork work) {
    int all = 0;
    for (FusedLayer layer : layers) {
      all += layer.parts();
    }
    workers.run(
        all,
        (part, worker) -> {
          int left = part;
          for (FusedLayer layer : layers) {
            if (left < layer.parts()) {
              work.run(layer, left, scratch[worker]);
              return;
            }
            left -= layer.parts();
          }
        });
  }

  @Override
  public Predictions predict(ImageSet others) {
    float[] outputs = new float[others.size() * classes];
    FloatBuffer[] none = new FloatBuffer[masks.size()];
    for (int first = 0; first < others.size(); first += room) {
      int size = Math.min(room, others.size() - first);
      input.load(workers, scratch, others, first, size);
      forward(size, false, none);
      for (int i = 0; i < size; i++) {
        System.arraycopy(output.outputs(i, size), 0, outputs, (first + i) * classes, classes);
      }
    }
    return Predictions.of(network, others, outputs);
  }

  @Override
  public void syncParameters() {
    layers.forEach(FusedLayer::store);
  }

  @Override
  public void setThreads(int threads) {
    workers.resize(threads);
  }

  @Override
  public void close() {
    workers.close();
    layers.forEach(FusedLayer::close);
    input.close();
  }
}
