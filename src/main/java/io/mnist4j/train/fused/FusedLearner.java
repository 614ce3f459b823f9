package io.mnist4j.train.fused;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.Augmenter;
import io.mnist4j.eval.Evaluation;
import io.mnist4j.eval.Tally;
import io.mnist4j.model.OutputSpec;
import io.mnist4j.model.Tensors;
import io.mnist4j.train.EpochOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  private static final int IMAGES_PER_PART = 32;

  private final MultiLayerNetwork network;
  private final ImageSet images;
  private final long seed;
  private final int batchSize;
  private final int[] order;
  private final Augmenter augmenter;
  private final Crew crew;
  private final Scratch[] scratch;
  private final Update update;
  private final double largestNorm;
  private final LossHead head;
  private final float[][] targets;
  private final Masks inputMasks;
  private final Masks[] masks;

  /** What the first stage gets where most pixels are not empty; else null. */
  private final Plane input;

  private final List<Stage> stages = new ArrayList<>();
  private final SparseImages sparse;
  private final SparseImages changedSparse;
  private final int[] inOrder;
  private final float[] sums;
  private final float[] derivatives;
  private final double[] losses;
  private int epoch;

  /** The images of the last evaluation, as the first stage takes them. */
  private ImageSet evaluated;

  private SparseImages sparseEvaluated;

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
    order = new int[images.size()];
    augmenter =
        spec.augmentation().isOff() ? null : new Augmenter(images, spec.augmentation(), seed);
    crew = new Crew(threads);
    int room = Math.max(batchSize, SMALLEST_ROOM);
    int pixels = images.pixelsPerImage();
    scratch = new Scratch[threads];
    Arrays.setAll(scratch, i -> new Scratch(room, pixels));
    update = new Update(spec);
    largestNorm = spec.clipping().norm();
    OutputSpec output = stack.output();
    head = LossHead.of(output);
    targets = targets(output, classes);
    inputMasks = stack.inputKept() < 1 ? new Masks(stack.inputKept(), batchSize, pixels) : null;
    masks = new Masks[stack.layers().size() + 1];
    boolean isSparse =
        stack.layers().size() > 1
            && SparseStage.fits(pixels, stack.layers().get(0).units(), batchSize)
            && SparseImages.density(images) < HIGHEST_DENSITY;
    boolean changes = augmenter != null || inputMasks != null;
    sparse = isSparse && !changes ? SparseImages.of(images) : null;
    changedSparse = isSparse && changes ? SparseImages.room(batchSize, pixels) : null;
    input = isSparse ? null : new Plane(pixels, room, true);
    inOrder = IntStream.range(0, room).toArray();
    addStages(stack, pixels, room);
    sums = new float[classes * room];
    derivatives = new float[classes * room];
    losses = new double[room];
  }

  private void addStages(DenseStack stack, int pixels, int room) {
    FlatArrays arrays = new FlatArrays(network);
    int start = 0;
    Plane in = input;
    int inputs = pixels;
    for (DenseStack.Layer layer : stack.layers()) {
      if (layer.kept() < 1) {
        masks[stages.size()] = new Masks(layer.kept(), batchSize, layer.units());
      }
      Stage stage =
          in == null
              ? new SparseStage(arrays, start, pixels, layer, room, update.states())
              : new DenseStage(arrays, start, in, layer, room);
      stages.add(stage);
      start += (inputs + 1) * layer.units();
      inputs = layer.units();
      in = stage.out;
    }
  }

  private static float[][] targets(OutputSpec output, int classes) {
    float[][] targets = new float[classes][classes];
    for (int label = 0; label < classes; label++) {
      Arrays.fill(targets[label], (float) output.targetOfOthers(classes));
      targets[label][label] = (float) output.targetOfLabel(classes);
    }
    return targets;
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
    FloatBuffer[] drawn = new FloatBuffer[stages.size()];
    FloatBuffer inputMask = draw(stepSeed, size, drawn);
    load(first, size, inputMask);
    forward(size, true, drawn);
    double loss = differentiateLoss(first, size);
    backward(size, drawn);
    int step = network.getIterationCount();
    change(size, rate, step + 1);
    network.getLayerWiseConfigurations().setIterationCount(step + 1);
    return loss;
  }

  /** Draws in the order in which DL4J does. */
  private FloatBuffer draw(long stepSeed, int size, FloatBuffer[] drawn) {
    Nd4j.getRandom().setSeed(stepSeed);
    FloatBuffer inputMask = inputMasks == null ? null : inputMasks.draw(size);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = masks[i] == null ? null : masks[i].draw(size);
    }
    return inputMask;
  }

  private void load(int first, int size, FloatBuffer mask) {
    if (sparse != null) {
      ((SparseStage) stages.get(0)).setImages(sparse, order, first);
      return;
    }
    int pixels = images.pixelsPerImage();
    inParts(
        size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          if (augmenter == null) {
            Tensors.scale(images, order[first + i], row);
          } else {
            augmenter.augment(order[first + i], epoch, row, 0);
          }
          if (mask != null) {
            for (int p = 0; p < pixels; p++) {
              row[p] *= mask.get(i * pixels + p);
            }
          }
          if (input == null) {
            changedSparse.set(i, row);
          } else {
            input.valueBuffer.put(i * pixels, row);
          }
        });
    if (input == null) {
      ((SparseStage) stages.get(0)).setImages(changedSparse, inOrder, 0);
    }
  }

  /** Does something for each image of a batch. */
  private void inParts(int size, Crew.Work ofImage) {
    crew.run(
        (size + IMAGES_PER_PART - 1) / IMAGES_PER_PART,
        (part, worker) -> {
          int last = Math.min(size, (part + 1) * IMAGES_PER_PART);
          for (int i = part * IMAGES_PER_PART; i < last; i++) {
            ofImage.run(i, worker);
          }
        });
  }

  private void forward(int size, boolean learning, FloatBuffer[] drawn) {
    for (int s = 0; s < stages.size(); s++) {
      stages.get(s).forward(crew, scratch, size, learning, drawn[s]);
    }
    last().out.valueBuffer.get(0, sums, 0, targets.length * size);
  }

  private Stage last() {
    return stages.get(stages.size() - 1);
  }

  private double differentiateLoss(int first, int size) {
    int classes = targets.length;
    inParts(
        size,
        (i, worker) -> {
          double[] column = column(i, size);
          losses[i] = head.differentiate(column, targets[images.label(order[first + i])]);
          for (int c = 0; c < classes; c++) {
            derivatives[c * size + i] = (float) (column[c] / size);
          }
        });
    last().out.deltaBuffer.put(0, derivatives, 0, classes * size);
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += losses[i];
    }
    return sum / size;
  }

  private double[] column(int image, int size) {
    double[] column = new double[targets.length];
    for (int c = 0; c < column.length; c++) {
      column[c] = sums[c * size + image];
    }
    return column;
  }

  private void backward(int size, FloatBuffer[] drawn) {
    for (int s = stages.size() - 1; s > 0; s--) {
      Stage below = stages.get(s - 1);
      ((DenseStage) stages.get(s)).backward(crew, scratch, size, below, drawn[s - 1]);
    }
    if (stages.get(0) instanceof SparseStage first) {
      first.differentiate(crew, size, drawn[0]);
    }
  }

  private void change(int size, double rate, int t) {
    update.begin(rate, t);
    if (largestNorm == 0) {
      inStages((stage, part, s) -> stage.learn(part, s, size, update));
      return;
    }
    double[] squares = new double[stages.stream().mapToInt(Stage::parts).sum()];
    inStages((stage, part, s) -> stage.learn(part, s, size, null));
    int place = 0;
    for (Stage stage : stages) {
      for (int part = 0; part < stage.parts(); part++) {
        squares[place++] = stage.squares(part, scratch[0]);
      }
    }
    double norm = Math.sqrt(Arrays.stream(squares).sum());
    if (norm > largestNorm) {
      update.scale(largestNorm / norm);
    }
    inStages((stage, part, s) -> stage.change(part, s, update));
  }

  @FunctionalInterface
  private interface StageWork {
    void run(Stage stage, int part, Scratch scratch);
  }

  private void inStages(StageWork work) {
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
  public Evaluation evaluate(ImageSet others) {
    if (input == null && evaluated != others) {
      evaluated = others;
      sparseEvaluated = SparseImages.of(others);
    }
    Tally tally = new Tally(network);
    float[] outputs = new float[targets.length];
    int room = losses.length;
    int[] all = input == null ? IntStream.range(0, others.size()).toArray() : new int[0];
    FloatBuffer[] none = new FloatBuffer[stages.size()];
    for (int first = 0; first < others.size(); first += room) {
      int start = first;
      int size = Math.min(room, others.size() - first);
      if (input == null) {
        ((SparseStage) stages.get(0)).setImages(sparseEvaluated, all, first);
      } else {
        inParts(
            size,
            (i, worker) -> {
              Tensors.scale(others, start + i, scratch[worker].pixels);
              input.valueBuffer.put(i * input.units, scratch[worker].pixels);
            });
      }
      forward(size, false, none);
      for (int i = 0; i < size; i++) {
        double[] column = column(i, size);
        head.activate(column);
        for (int c = 0; c < outputs.length; c++) {
          outputs[c] = (float) column[c];
        }
        tally.add(outputs, others.label(first + i));
      }
    }
    return tally.evaluation();
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
    if (input != null) {
      input.close();
    }
  }
}
