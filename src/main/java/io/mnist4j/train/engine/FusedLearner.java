package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.train.EpochOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
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
 * #store} brings back.
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
  private final Crew crew;
  private final Scratch[] scratch;
  private final Update update;
  private final double largestNorm;
  private final List<Stage> stages = new ArrayList<>();
  private final Input input;
  private final Output output;

  /** Of the input first, then of each stage; null where there is no dropout. */
  private final List<Masks> masks = new ArrayList<>();

  private int epoch;

  /**
   * @param stack of the network's layers
   * @param classes of the data set
   * @param seed of the order, and of the augmentation
   * @param threads the most that will ever compute
   */
  public FusedLearner(
      MultiLayerNetwork network,
      DenseStack stack,
      ImageSet images,
      int classes,
      TrainingSpec spec,
      long seed,
      int threads) {
    this.network = network;
    this.images = images;
    this.seed = seed;
    batchSize = Math.min(spec.batchSize(), images.size());
    room = Math.max(batchSize, SMALLEST_ROOM);
    order = new int[images.size()];
    crew = new Crew(threads);
    scratch = new Scratch[threads];
    Arrays.setAll(scratch, i -> new Scratch(room, images.pixelsPerImage()));
    update = new Update(spec);
    largestNorm = spec.clipping().norm();
    Pixels pixels = new Pixels(images, spec.augmentation(), seed);
    input = addStages(stack, pixels);
    this.classes = classes;
    output = new Output(stack.output(), classes, room);
    addMasks(stack);
  }

  /** Returns what brings images to the first of the stages. */
  private Input addStages(DenseStack stack, Pixels pixels) {
    FlatArrays arrays = new FlatArrays(network);
    int inputs = images.pixelsPerImage();
    Input first = null;
    Plane below = null;
    if (!isSparse(stack)) {
      DenseInput dense = new DenseInput(pixels, inputs, room);
      first = dense;
      below = dense.plane;
    }
    int start = 0;
    for (DenseStack.Layer layer : stack.layers()) {
      if (below == null) {
        SparseStage stage = new SparseStage(arrays, start, inputs, layer, room, update.states());
        first = new SparseInput(stage, images, pixels, stack.inputKept() < 1, room);
        stages.add(stage);
      } else {
        stages.add(new DenseStage(arrays, start, below, layer, room));
      }
      start += (inputs + 1) * layer.units();
      inputs = layer.units();
      below = last();
    }
    return first;
  }

  private boolean isSparse(DenseStack stack) {
    return stack.layers().size() > 1
        && SparseStage.fits(images.pixelsPerImage(), stack.layers().get(0).units(), batchSize)
        && SparseImages.density(images) < HIGHEST_DENSITY;
  }

  private void addMasks(DenseStack stack) {
    masks.add(masks(stack.inputKept(), images.pixelsPerImage()));
    for (DenseStack.Layer layer : stack.layers()) {
      masks.add(masks(layer.kept(), layer.units()));
    }
  }

  private Masks masks(double kept, int units) {
    return kept < 1 ? new Masks(kept, batchSize, units) : null;
  }

  private Plane last() {
    return stages.get(stages.size() - 1).out;
  }

  @Override
  public void shuffle(int ofEpoch) {
    epoch = ofEpoch;
    EpochOrder.shuffle(order, seed, ofEpoch);
  }

  @Override
  public double learn(int batch, double rate, long stepSeed) {
    int first = batch * batchSize;
    int size = Math.min(batchSize, order.length - first);
    FloatBuffer[] drawn = draw(stepSeed, size);
    input.load(crew, scratch, order, first, size, epoch, drawn[0]);
    forward(size, true, drawn);
    double loss =
        output.differentiate(crew, last(), size, image -> images.label(order[first + image]));
    backward(size, drawn);
    int step = network.getIterationCount() + 1;
    update.begin(rate, step);
    change(size);
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

  private void forward(int size, boolean learning, FloatBuffer[] drawn) {
    for (int s = 0; s < stages.size(); s++) {
      stages.get(s).forward(crew, scratch, size, learning, drawn[s + 1]);
    }
    output.read(last(), size);
  }

  private void backward(int size, FloatBuffer[] drawn) {
    for (int s = stages.size() - 1; s > 0; s--) {
      Stage below = stages.get(s - 1);
      ((DenseStage) stages.get(s)).backward(crew, scratch, size, below, drawn[s]);
    }
    if (stages.get(0) instanceof SparseStage first) {
      first.differentiate(crew, size, drawn[1]);
    }
  }

  private void change(int size) {
    if (largestNorm == 0) {
      forEachPart((stage, part, own) -> stage.learn(part, own, size, update));
      return;
    }
    forEachPart((stage, part, own) -> stage.learn(part, own, size, null));
    double squares = 0;
    for (Stage stage : stages) {
      for (int part = 0; part < stage.parts(); part++) {
        squares += stage.squares(part, scratch[0]);
      }
    }
    double norm = Math.sqrt(squares);
    if (norm > largestNorm) {
      update.scale(largestNorm / norm);
    }
    forEachPart((stage, part, own) -> stage.change(part, own, update));
  }

  @FunctionalInterface
  private interface StageWork {
    void run(Stage stage, int part, Scratch own);
  }

  /** Runs the parts of all stages as one job. */
  private void forEachPart(StageWork work) {
    int all = 0;
    for (Stage stage : stages) {
      all += stage.parts();
    }
    crew.run(
        all,
        (part, worker) -> {
          int left = part;
          for (Stage stage : stages) {
            if (left < stage.parts()) {
              work.run(stage, left, scratch[worker]);
              return;
            }
            left -= stage.parts();
          }
        });
  }

  @Override
  public Predictions predict(ImageSet others) {
    float[] outputs = new float[others.size() * classes];
    FloatBuffer[] none = new FloatBuffer[masks.size()];
    for (int first = 0; first < others.size(); first += room) {
      int size = Math.min(room, others.size() - first);
      input.load(crew, scratch, others, first, size);
      forward(size, false, none);
      for (int i = 0; i < size; i++) {
        System.arraycopy(output.outputs(i, size), 0, outputs, (first + i) * classes, classes);
      }
    }
    return Predictions.of(network, others, outputs);
  }

  @Override
  public void store() {
    stages.forEach(Stage::store);
  }

  @Override
  public void use(int threads) {
    crew.resize(threads);
  }

  @Override
  public void close() {
    crew.close();
    stages.forEach(Stage::close);
    input.close();
  }
}
