package io.mnist4j.train.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The first layer, for images that are mostly empty: it multiplies by the pixels that are not 0,
 * and by no others, which leaves every sum what it is.
 *
 * <p>Weights are kept by pixel, since all weights of a pixel are needed at once; the network has
 * them by unit, and gets them back by {@link #store}.
 */
final class SparseLayer extends FusedLayer {
  /** Units whose weights fit a core's second-level cache. */
  private static final int MOST_UNITS = 256;

  private static final int IMAGES_PER_PART = 16;

  /** Images between the one that is read and the one that is prefetched. */
  private static final int AHEAD = 2;

  private static final int PIXELS_PER_PART = 16;

  /** Weights, gradients, up to three states. */
  private static final int MOST_COPIES = 5;

  private final FlatArrays arrays;
  private final int start;
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

    /** For each group of pixels that is changed at once; last, of the biases. */
    final float[][][] states;

    /** As the states; null until they are asked for. */
    float[][] gradients;

    /** The outputs of each image of the batch. */
    final float[][] outputs;

    /** The derivative by the sums of each image of the batch. */
    final float[][] deltas;

    Block(int firstUnit, int width, int batch, int stateCount) {
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
   * @param start of the layer's parameters in the network's
   */
  SparseLayer(
      FlatArrays arrays, int start, int pixels, DenseStack.Layer layer, int batch, int states) {
    super(layer, new ActivationBuffer(layer.units(), batch, true));
    this.arrays = arrays;
    this.start = start;
    this.pixels = pixels;
    groups = (pixels + PIXELS_PER_PART - 1) / PIXELS_PER_PART + 1;
    csc = new CscBatch(pixels);
    int units = layer.units();
    int count = (units + MOST_UNITS - 1) / MOST_UNITS;
    blocks = new Block[count];
    for (int b = 0; b < count; b++) {
      int from = (int) ((long) units * b / count);
      int to = (int) ((long) units * (b + 1) / count);
      blocks[b] = new Block(from, to - from, batch, states);
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
  void store() {
    for (Block block : blocks) {
      copy(block, true);
    }
  }

  /** Between the block's arrays and the network's, where the pixels of a unit lie together. */
  private void copy(Block block, boolean toNetwork) {
    int biasStart = start + out.units * pixels;
    for (int unit = 0; unit < block.width; unit++) {
      int place = start + (block.firstUnit + unit) * pixels;
      int bias = biasStart + block.firstUnit + unit;
      for (int row = 0; row <= pixels; row++) {
        int index = row == pixels ? bias : place + row;
        float[] weights = block.weights[row];
        if (toNetwork) {
          arrays.parameterBuffer.put(index, weights[unit]);
        } else {
          weights[unit] = arrays.parameterBuffer.get(index);
        }
      }
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
  void forward(
      WorkerPool workers, Scratch[] scratch, int images, boolean training, FloatBuffer mask) {
    int perBlock = (images + IMAGES_PER_PART - 1) / IMAGES_PER_PART;
    int extra = training ? 1 : 0;
    workers.run(
        extra + perBlock * blocks.length,
        (part, worker) -> {
          if (part < extra) {
            scratch[worker].prefetched = csc.set(source, imageIndices, first, images);
          } else {
            int rest = part - extra;
            forward(blocks[rest / perBlock], rest % perBlock, scratch[worker], images, mask);
          }
        });
  }

  private void forward(Block block, int part, Scratch scratch, int images, FloatBuffer mask) {
    int from = part * IMAGES_PER_PART;
    int to = Math.min(images, from + IMAGES_PER_PART);
    int prefetched = 0;
    for (int i = from; i < to; i++) {
      if (i + AHEAD < images) {
        prefetched += source.prefetch(imageIndices[first + i + AHEAD]);
      }
      forward(block, i, mask);
    }
    scratch.prefetched = prefetched;
  }

  private void forward(Block block, int i, FloatBuffer mask) {
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
    activation.apply(output, 0, block.width);
    int row = i * out.units + block.firstUnit;
    if (keepProbability < 1 && mask != null) {
      for (int unit = 0; unit < block.width; unit++) {
        output[unit] *= mask.get(row + unit);
      }
    }
    out.valueBuffer.put(row, output);
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

  /** Completes the derivative that the layer above has left in {@link #out}. */
  void differentiate(WorkerPool workers, int images, FloatBuffer mask) {
    workers.run(
        (images + IMAGES_PER_PART - 1) / IMAGES_PER_PART,
        (part, worker) -> {
          int from = part * IMAGES_PER_PART;
          int to = Math.min(images, from + IMAGES_PER_PART);
          for (int i = from; i < to; i++) {
            for (Block block : blocks) {
              differentiate(block, i, mask);
            }
          }
        });
  }

  private void differentiate(Block block, int i, FloatBuffer mask) {
    float[] delta = block.deltas[i];
    float[] output = block.outputs[i];
    int row = i * out.units + block.firstUnit;
    out.deltaBuffer.get(row, delta);
    if (keepProbability < 1) {
      for (int unit = 0; unit < block.width; unit++) {
        delta[unit] *= mask.get(row + unit);
        output[unit] *= (float) keepProbability;
      }
    }
    activation.multiplyByDerivative(delta, output, 0, block.width);
  }

  /** A group of pixels each, or the biases, of one block. */
  @Override
  int parts() {
    return groups * blocks.length;
  }

  private Block blockOf(int part) {
    return blocks[part / groups];
  }

  private int groupOf(int part) {
    return part % groups;
  }

  @Override
  void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
    Block block = blockOf(part);
    int group = groupOf(part);
    int row = firstRow(group);
    int rows = rows(group);
    float[] gradients =
        update == null ? storedGradients(block, group) : scratch.gradients(rows * block.width);
    float[] sum = scratch.row(block.width);
    for (int r = 0; r < rows; r++) {
      Arrays.fill(sum, 0);
      if (row == pixels) {
        for (int i = 0; i < images; i++) {
          add(sum, block.deltas[i], 1);
        }
      } else {
        addRows(sum, block.deltas, csc.row, csc.value, csc.start[row + r], csc.start[row + r + 1]);
      }
      System.arraycopy(sum, 0, gradients, r * block.width, block.width);
    }
    if (update != null) {
      applyGradient(block, group, gradients, scratch, update);
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
  void applyGradient(int part, Scratch scratch, ParameterUpdate update) {
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
    update.apply(weights, gradients, block.states[group], 0, rows * width, row < pixels);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(weights, r * width, block.weights[row + r], 0, width);
    }
  }

  @Override
  double squaredNorm(int part, Scratch scratch) {
    float[] gradients = blockOf(part).gradients[groupOf(part)];
    return Scratch.squaredNorm(gradients, gradients.length);
  }
}
