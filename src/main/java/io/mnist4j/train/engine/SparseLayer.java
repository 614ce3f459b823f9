package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.ElementwiseActivation;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.engine.stage.GradientTerm;
import io.mnist4j.train.engine.stage.ImageGradients;
import io.mnist4j.train.engine.stage.InputBatch;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The first layer, for images that are mostly empty: it multiplies by the pixels that are not 0,
 * and by no others, which leaves every sum what it is.
 *
 * <p>Weights are kept by pixel, since all weights of a pixel are needed at once; the network has
 * them by unit, and gets them back by {@link #syncParameters}.
 */
final class SparseLayer extends NetworkFront implements ImageGradients {
  /** Units whose weights fit a core's second-level cache. */
  private static final int MOST_UNITS = 256;

  private static final int IMAGES_PER_PART = 16;

  /** Images between the one that is read and the one that is prefetched. */
  private static final int AHEAD = 2;

  private static final int PIXELS_PER_PART = 16;

  /** Weights, gradients, up to three states. */
  private static final int MOST_COPIES = 5;

  private final FlatArrays arrays;
  private final SparseInput input;
  private final ElementwiseActivation activation;
  private final int pixels;

  /** Of pixels that are changed at once, and last, of the biases. */
  private final int groups;

  private final Block[] blocks;
  private final CscBatch csc;
  private CsrImages source;
  private int[] imageIndices;
  private int first;

  /** Some of the units. */
  private final class Block {
    final int firstUnit;
    final int width;

    /**
     * For each pixel its weights, and last the biases. An array for each, and all loops from 0: so
     * the compiler makes vector code of them.
     */
    final float[][] weights;

    /** As the weights, of their running average; null where there is none. */
    float[][] averages;

    /** As the weights, what is added to their gradients; null until there is such a term. */
    float[][] offsets;

    /** As the weights, what they were at first; null until a term asks for it. */
    float[][] starts;

    /** For each group of pixels that is changed at once; last, of the biases. */
    final float[][][] states;

    /** As the states; null until they are asked for. */
    float[][] gradients;

    /** The outputs of each image of the batch. */
    final float[][] outputs;

    /** Before the activation; null where the derivative does not need them. */
    final float[][] sums;

    /** The derivative by the sums of each image of the batch. */
    final float[][] deltas;

    Block(int firstUnit, int width, StageContext context) {
      int batch = context.room();
      int stateCount = context.states();
      this.firstUnit = firstUnit;
      this.width = width;
      weights = new float[pixels + 1][width];
      states = new float[groups][stateCount][];
      for (int group = 0; group < groups; group++) {
        for (int s = 0; s < stateCount; s++) {
          states[group][s] = new float[rows(group) * width];
        }
      }
      outputs = new float[batch][width];
      sums = activation.needsSums() ? new float[batch][width] : null;
      deltas = new float[batch][width];
    }

    float[] biases() {
      return weights[weights.length - 1];
    }
  }

  /** Rows of weights in a group; the last group is the biases. */
  private int rows(int group) {
    return group == groups - 1 ? 1 : firstRow(group + 1) - firstRow(group);
  }

  private int firstRow(int group) {
    return Math.min(group * PIXELS_PER_PART, pixels);
  }

  /**
   * @param input what the images come from
   * @param imageMajor how the outputs shall lie
   */
  SparseLayer(
      StageContext context, SparseInput input, int pixels, Dense layer, boolean imageMajor) {
    super(new ActivationBuffer(layer.units(), context.room(), imageMajor));
    arrays = context.arrays();
    this.input = input;
    activation = ElementwiseActivation.of(layer.activation());
    this.pixels = pixels;
    groups = (pixels + PIXELS_PER_PART - 1) / PIXELS_PER_PART + 1;
    csc = new CscBatch(pixels);
    int units = layer.units();
    int count = (units + MOST_UNITS - 1) / MOST_UNITS;
    blocks = new Block[count];
    for (int b = 0; b < count; b++) {
      int from = (int) ((long) units * b / count);
      int to = (int) ((long) units * (b + 1) / count);
      blocks[b] = new Block(from, to - from, context);
      copy(blocks[b], false);
    }
  }

  /**
   * Whether pixels and images of a batch can be numbered by 16 bits, and the copies of the weights
   * are small to the heap.
   */
  static boolean fits(int pixels, int units, int batch) {
    long copies = (long) pixels * units * Float.BYTES * MOST_COPIES;
    return Math.max(pixels, batch) <= Character.MAX_VALUE
        && copies < Runtime.getRuntime().maxMemory() / 3;
  }

  /** Sets the images that come next: a stretch of the indices names them. */
  void setImages(CsrImages images, int[] newIndices, int newFirst) {
    source = images;
    imageIndices = newIndices;
    first = newFirst;
  }

  @Override
  public int parameters() {
    return out.units * (pixels + 1);
  }

  @Override
  protected boolean learns() {
    return true;
  }

  @Override
  public void draw(int images) {
    input.draw(images);
  }

  @Override
  public void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    input.load(workers, scratch, batch, this);
  }

  @Override
  public void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    input.load(images, first, this);
  }

  @Override
  public void syncParameters() {
    for (Block block : blocks) {
      copy(block, true);
    }
  }

  @Override
  public void loadParameters() {
    for (Block block : blocks) {
      copy(block, false);
    }
  }

  @Override
  public void setTerm(GradientTerm term) {
    for (Block block : blocks) {
      if (term != null && term.offset() != null) {
        block.offsets = block.offsets == null ? new float[pixels + 1][block.width] : block.offsets;
        copyWeights(block, FloatBuffer.wrap(term.offset()), block.offsets, false);
      }
      if (term != null && term.pull() > 0) {
        block.starts = block.starts == null ? new float[pixels + 1][block.width] : block.starts;
        for (int row = 0; row <= pixels; row++) {
          System.arraycopy(block.weights[row], 0, block.starts[row], 0, block.width);
        }
      }
    }
  }

  /**
   * Begins a running average of the weights.
   *
   * @param average of all of the network's parameters
   */
  void beginAverage(FloatBuffer average) {
    for (Block block : blocks) {
      block.averages = new float[pixels + 1][block.width];
      copyAverage(block, average, false);
    }
  }

  /** Takes the weights into their average, a part of each that is new. */
  void addToAverage(WorkerPool workers, float share) {
    workers.run(
        groups * blocks.length,
        (part, worker) -> {
          Block block = blockOf(part);
          int first = firstRow(groupOf(part));
          for (int row = first; row < first + rows(groupOf(part)); row++) {
            FusedAverage.add(block.weights[row], block.averages[row], block.width, share);
          }
        });
  }

  /** Exchanges the weights for their average. */
  void swapAverage() {
    for (Block block : blocks) {
      for (int row = 0; row <= pixels; row++) {
        float[] weights = block.weights[row];
        block.weights[row] = block.averages[row];
        block.averages[row] = weights;
      }
    }
  }

  /** Brings the average to where that of all parameters is. */
  void copyAverage(FloatBuffer average) {
    for (Block block : blocks) {
      copyAverage(block, average, true);
    }
  }

  private void copyAverage(Block block, FloatBuffer average, boolean out) {
    copyWeights(block, average, block.averages, out);
  }

  /**
   * Between rows of the block and an array of the whole network, where the pixels of a unit lie
   * together. A few units at a time, so that what is written of a row is in the cache still.
   */
  private void copyWeights(Block block, FloatBuffer network, float[][] rows, boolean toNetwork) {
    float[] ofUnit = new float[pixels];
    for (int unit = 0; unit < block.width; unit++) {
      int place = (block.firstUnit + unit) * pixels;
      int bias = out.units * pixels + block.firstUnit + unit;
      if (toNetwork) {
        for (int row = 0; row < pixels; row++) {
          ofUnit[row] = rows[row][unit];
        }
        network.put(place, ofUnit);
        network.put(bias, rows[pixels][unit]);
      } else {
        network.get(place, ofUnit);
        for (int row = 0; row < pixels; row++) {
          rows[row][unit] = ofUnit[row];
        }
        rows[pixels][unit] = network.get(bias);
      }
    }
  }

  /** Between the block's arrays and the network's. */
  private void copy(Block block, boolean toNetwork) {
    copyWeights(block, arrays.parameterBuffer, block.weights, toNetwork);
    int biasStart = out.units * pixels;
    for (int unit = 0; unit < block.width; unit++) {
      int place = (block.firstUnit + unit) * pixels;
      int bias = biasStart + block.firstUnit + unit;
      for (int group = 0; group < block.states.length; group++) {
        for (int s = 0; s < block.states[group].length; s++) {
          int index = arrays.stateIndex(group == groups - 1 ? bias : place + firstRow(group), s);
          float[] state = block.states[group][s];
          for (int i = unit; i < state.length; i += block.width) {
            if (toNetwork) {
              arrays.stateBuffer.put(index++, state[i]);
            } else {
              state[i] = arrays.stateBuffer.get(index++);
            }
          }
        }
      }
    }
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    int perBlock = (images + IMAGES_PER_PART - 1) / IMAGES_PER_PART;
    int extra = training ? 1 : 0;
    workers.run(
        extra + perBlock * blocks.length,
        (part, worker) -> {
          if (part < extra) {
            scratch[worker].prefetched = csc.set(source, imageIndices, first, images);
          } else {
            int rest = part - extra;
            forward(blocks[rest / perBlock], rest % perBlock, scratch[worker], images);
          }
        });
  }

  private void forward(Block block, int part, Scratch scratch, int images) {
    int from = part * IMAGES_PER_PART;
    int to = Math.min(images, from + IMAGES_PER_PART);
    int prefetched = 0;
    for (int i = from; i < to; i++) {
      if (i + AHEAD < images) {
        prefetched += source.prefetch(imageIndices[first + i + AHEAD]);
      }
      forward(block, i);
    }
    write(block, from, to, images, scratch);
    scratch.prefetched = prefetched;
  }

  private void forward(Block block, int i) {
    float[] output = block.outputs[i];
    int image = imageIndices[first + i];
    System.arraycopy(block.biases(), 0, output, 0, block.width);
    addRows(
        output,
        block.weights,
        source.columnIndex,
        source.value,
        source.start[image],
        source.end[image]);
    if (block.sums != null) {
      System.arraycopy(output, 0, block.sums[i], 0, block.width);
    }
    activation.apply(output, 0, block.width);
  }

  /** Brings the outputs of some images to where the stage above reads them. */
  private void write(Block block, int from, int to, int images, Scratch scratch) {
    if (out.imageMajor) {
      for (int i = from; i < to; i++) {
        out.valueBuffer.put(i * out.units + block.firstUnit, block.outputs[i]);
      }
      return;
    }
    float[] ofUnit = scratch.values;
    for (int unit = 0; unit < block.width; unit++) {
      for (int i = from; i < to; i++) {
        ofUnit[i - from] = block.outputs[i][unit];
      }
      out.valueBuffer.put((block.firstUnit + unit) * images + from, ofUnit, 0, to - from);
    }
  }

  /** sum += the rows at some places, each times its factor. */
  private static void addRows(
      float[] sum, float[][] rows, char[] place, float[] factor, int from, int to) {
    int k = from;
    for (; k + 4 <= to; k += 4) {
      add(
          sum,
          rows[place[k]],
          rows[place[k + 1]],
          rows[place[k + 2]],
          rows[place[k + 3]],
          factor[k],
          factor[k + 1],
          factor[k + 2],
          factor[k + 3]);
    }
    for (; k < to; k++) {
      add(sum, rows[place[k]], factor[k]);
    }
  }

  /**
   * sum += x0 w0 + x1 w1 + x2 w2 + x3 w3. Not by {@link Math#fma}: it is hardly quicker here, and
   * ten thousand times slower on a processor, or a virtual one, that has no such instruction.
   */
  private static void add(
      float[] sum,
      float[] w0,
      float[] w1,
      float[] w2,
      float[] w3,
      float x0,
      float x1,
      float x2,
      float x3) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += x0 * w0[i] + x1 * w1[i] + (x2 * w2[i] + x3 * w3[i]);
    }
  }

  private static void add(float[] sum, float[] w, float x) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += x * w[i];
    }
  }

  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {
    workers.run(
        (images + IMAGES_PER_PART - 1) / IMAGES_PER_PART,
        (part, worker) -> {
          int from = part * IMAGES_PER_PART;
          int to = Math.min(images, from + IMAGES_PER_PART);
          for (Block block : blocks) {
            readDeltas(block, from, to, images, scratch[worker]);
            for (int i = from; i < to; i++) {
              float[][] values = block.sums == null ? block.outputs : block.sums;
              activation.multiplyByDerivative(block.deltas[i], values[i], 0, block.width);
            }
          }
        });
  }

  /** Brings the derivative by the outputs of some images from where the stage above left it. */
  private void readDeltas(Block block, int from, int to, int images, Scratch scratch) {
    if (out.imageMajor) {
      for (int i = from; i < to; i++) {
        out.deltaBuffer.get(i * out.units + block.firstUnit, block.deltas[i]);
      }
      return;
    }
    float[] ofUnit = scratch.values;
    for (int unit = 0; unit < block.width; unit++) {
      out.deltaBuffer.get((block.firstUnit + unit) * images + from, ofUnit, 0, to - from);
      for (int i = from; i < to; i++) {
        block.deltas[i][unit] = ofUnit[i - from];
      }
    }
  }

  /** The outer product of derivatives and pixels has the squared norm |d|² |a|². */
  @Override
  public void addSquaredNorms(WorkerPool workers, Scratch[] scratch, double[] squares, int images) {
    PixelReader.forEachImage(
        workers,
        images,
        (i, worker) -> {
          double ofDeltas = 0;
          for (Block block : blocks) {
            ofDeltas += Scratch.squaredNorm(block.deltas[i], block.width);
          }
          int image = imageIndices[first + i];
          double ofInputs = 0;
          for (int k = source.start[image]; k < source.end[image]; k++) {
            ofInputs += (double) source.value[k] * source.value[k];
          }
          squares[i] += ofDeltas * (ofInputs + 1);
        });
  }

  @Override
  public void weigh(WorkerPool workers, Scratch[] scratch, float[] factors, int images) {
    PixelReader.forEachImage(
        workers,
        images,
        (i, worker) -> {
          for (Block block : blocks) {
            float[] deltas = block.deltas[i];
            float factor = factors[i];
            for (int unit = 0; unit < block.width; unit++) {
              deltas[unit] = deltas[unit] * factor + ActivationBuffer.TINY - ActivationBuffer.TINY;
            }
          }
        });
  }

  /** A group of pixels each, or the biases, of one block. */
  @Override
  public int parts() {
    return groups * blocks.length;
  }

  private Block blockOf(int part) {
    return blocks[part / groups];
  }

  private int groupOf(int part) {
    return part % groups;
  }

  @Override
  public void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
    Block block = blockOf(part);
    int group = groupOf(part);
    int row = firstRow(group);
    int rows = rows(group);
    if (update != null && update.isPlainDescent()) {
      descend(block, row, rows, scratch, images, update);
      return;
    }
    float[] gradients =
        update == null ? storedGradients(block, group) : scratch.gradients(rows * block.width);
    float[] sum = scratch.row(block.width);
    for (int r = 0; r < rows; r++) {
      sumGradient(block, row + r, images, sum);
      System.arraycopy(sum, 0, gradients, r * block.width, block.width);
    }
    if (update != null) {
      applyGradient(block, group, gradients, scratch, update);
    }
  }

  /** The gradient of the weights of one pixel, or of the biases. */
  private void sumGradient(Block block, int row, int images, float[] sum) {
    Arrays.fill(sum, 0);
    if (row == pixels) {
      for (int i = 0; i < images; i++) {
        add(sum, block.deltas[i], 1);
      }
    } else {
      addRows(sum, block.deltas, csc.row, csc.value, csc.start[row], csc.start[row + 1]);
    }
  }

  /**
   * Changes some rows where they lie, and leaves out pixels that are empty in the whole batch:
   * their gradient is 0, and takes nothing off. In small batches that is every second one.
   */
  private void descend(
      Block block, int first, int rows, Scratch scratch, int images, ParameterUpdate update) {
    float[] sum = scratch.row(block.width);
    for (int row = first; row < first + rows; row++) {
      if (row == pixels || csc.start[row] < csc.start[row + 1]) {
        sumGradient(block, row, images, sum);
        update.apply(block.weights[row], sum, scratch.states, 0, block.width, row < pixels);
      }
    }
  }

  private float[] storedGradients(Block block, int group) {
    synchronized (block) {
      if (block.gradients == null) {
        block.gradients = new float[groups][];
        for (int g = 0; g < block.gradients.length; g++) {
          block.gradients[g] = new float[rows(g) * block.width];
        }
      }
    }
    return block.gradients[group];
  }

  @Override
  public void applyGradient(int part, Scratch scratch, ParameterUpdate update) {
    Block block = blockOf(part);
    int group = groupOf(part);
    applyGradient(block, group, block.gradients[group], scratch, update);
  }

  private void applyGradient(
      Block block, int group, float[] gradients, Scratch scratch, ParameterUpdate update) {
    int row = firstRow(group);
    int rows = rows(group);
    int width = block.width;
    float[] weights = scratch.weights(rows * width);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(block.weights[row + r], 0, weights, r * width, width);
    }
    if (update.term() != null) {
      for (int r = 0; r < rows; r++) {
        update
            .term()
            .add(
                weights,
                gradients,
                r * width,
                block.offsets == null ? null : block.offsets[row + r],
                block.starts == null ? null : block.starts[row + r],
                width);
      }
    }
    update.apply(weights, gradients, block.states[group], 0, rows * width, row < pixels);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(weights, r * width, block.weights[row + r], 0, width);
    }
  }

  @Override
  public double squaredNorm(int part, Scratch scratch) {
    float[] gradients = blockOf(part).gradients[groupOf(part)];
    return Scratch.squaredNorm(gradients, gradients.length);
  }
}
