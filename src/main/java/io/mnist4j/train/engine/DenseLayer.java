package io.mnist4j.train.engine;

import io.mnist4j.train.engine.Blas.Matrix;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A dense layer by OpenBLAS, straight on the network's own arrays. Its outputs lie unit by unit, so
 * that the units that one part computes are one piece of memory.
 */
final class DenseLayer extends FusedLayer {
  private static final int SMALLEST_PART = 64;
  private static final int LARGEST_PART = 256;
  private static final int PARTS = 4;

  private final FlatArrays arrays;
  private final ActivationBuffer in;
  private final int weightStart;
  private final int biasStart;
  private final Matrix weights;
  private final Matrix gradients;
  private final int unitsPerPart;

  /**
   * @param start of the layer's parameters in the network's
   * @param in what comes in
   */
  DenseLayer(FlatArrays arrays, int start, ActivationBuffer in, DenseStack.Layer layer, int batch) {
    super(layer, new ActivationBuffer(layer.units(), batch, false));
    this.arrays = arrays;
    this.in = in;
    weightStart = start;
    biasStart = start + layer.units() * in.units;
    weights = Matrix.of(new FloatPointer(arrays.parameters).getPointer(start), in.units);
    gradients = Matrix.of(new FloatPointer(arrays.gradients).getPointer(start), in.units);
    unitsPerPart = unitsPerPart(layer.units());
  }

  /** Gives a few threads enough parts, each large enough for a product to be worth it. */
  private static int unitsPerPart(int units) {
    return Math.max(SMALLEST_PART, Math.min(LARGEST_PART, (units + PARTS - 1) / PARTS));
  }

  private static int parts(int units, int perPart) {
    return (units + perPart - 1) / perPart;
  }

  @Override
  void forward(
      WorkerPool workers, Scratch[] scratch, int images, boolean training, FloatBuffer mask) {
    workers.run(parts(), (part, worker) -> forward(part, scratch[worker], images, mask));
  }

  private void forward(int part, Scratch scratch, int images, FloatBuffer mask) {
    int first = part * unitsPerPart;
    int units = Math.min(unitsPerPart, out.units - first);
    Blas.multiply(
        units,
        images,
        in.units,
        weights.from(first, 0),
        in.values(images).transpose(),
        Matrix.of(out.values, images).from(first, 0));
    float[] values = scratch.values;
    for (int unit = first; unit < first + units; unit++) {
      float bias = arrays.parameterBuffer.get(biasStart + unit);
      out.valueBuffer.get(unit * images, values, 0, images);
      for (int i = 0; i < images; i++) {
        values[i] += bias;
      }
      activation.apply(values, 0, images);
      if (keepProbability < 1 && mask != null) {
        for (int i = 0; i < images; i++) {
          values[i] *= mask.get(i * out.units + unit);
        }
      }
      out.valueBuffer.put(unit * images, values, 0, images);
    }
  }

  /**
   * Computes the derivative by the sums of the layer below from that by the sums of this layer.
   *
   * @param below the layer that gives this one its inputs
   */
  void backward(
      WorkerPool workers, Scratch[] scratch, int images, FusedLayer below, FloatBuffer maskBelow) {
    int perPart = unitsPerPart(in.units);
    workers.run(
        parts(in.units, perPart),
        (part, worker) -> {
          int first = part * perPart;
          int units = Math.min(perPart, in.units - first);
          if (in.imageMajor) {
            Blas.multiply(
                images,
                units,
                out.units,
                out.deltas(images),
                weights.from(0, first),
                Matrix.of(in.deltas, in.units).from(0, first));
          } else {
            Blas.multiply(
                units,
                images,
                out.units,
                weights.from(0, first).transpose(),
                out.deltas(images).transpose(),
                Matrix.of(in.deltas, images).from(first, 0));
            for (int unit = first; unit < first + units; unit++) {
              differentiate(scratch[worker], unit, images, below, maskBelow);
            }
          }
        });
  }

  private void differentiate(
      Scratch scratch, int unit, int images, FusedLayer below, FloatBuffer mask) {
    float[] values = scratch.values;
    float[] deltas = scratch.deltas;
    in.valueBuffer.get(unit * images, values, 0, images);
    in.deltaBuffer.get(unit * images, deltas, 0, images);
    if (below.keepProbability < 1) {
      for (int i = 0; i < images; i++) {
        // A dropped value has no derivative; any other was divided by its probability.
        deltas[i] *= mask.get(i * in.units + unit);
        values[i] *= (float) below.keepProbability;
      }
    }
    below.activation.multiplyByDerivative(deltas, values, 0, images);
    in.deltaBuffer.put(unit * images, deltas, 0, images);
  }

  @Override
  int parts() {
    return parts(out.units, unitsPerPart);
  }

  @Override
  void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
    int first = part * unitsPerPart;
    int units = Math.min(unitsPerPart, out.units - first);
    Blas.multiply(
        units,
        in.units,
        images,
        Matrix.of(out.deltas, images).from(first, 0),
        in.values(images),
        gradients.from(first, 0));
    float[] deltas = scratch.deltas;
    for (int unit = first; unit < first + units; unit++) {
      out.deltaBuffer.get(unit * images, deltas, 0, images);
      arrays.gradientBuffer.put(biasStart + unit, sum(deltas, images));
    }
    if (update != null) {
      applyGradient(part, scratch, update);
    }
  }

  /** In an order that does not make each addition wait for the one before. */
  private static float sum(float[] numbers, int count) {
    float[] sums = new float[4];
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      sums[0] += numbers[i];
      sums[1] += numbers[i + 1];
      sums[2] += numbers[i + 2];
      sums[3] += numbers[i + 3];
    }
    for (; i < count; i++) {
      sums[0] += numbers[i];
    }
    return sums[0] + sums[1] + (sums[2] + sums[3]);
  }

  @Override
  void applyGradient(int part, Scratch scratch, ParameterUpdate update) {
    int first = part * unitsPerPart;
    int last = Math.min(first + unitsPerPart, out.units);
    scratch.update(
        arrays, update, weightStart + first * in.units, weightStart + last * in.units, true);
    scratch.update(arrays, update, biasStart + first, biasStart + last, false);
  }

  @Override
  double squaredNorm(int part, Scratch scratch) {
    int first = part * unitsPerPart;
    int last = Math.min(first + unitsPerPart, out.units);
    int from = weightStart + first * in.units;
    return scratch.squaredNorm(arrays.gradientBuffer, from, weightStart + last * in.units)
        + scratch.squaredNorm(arrays.gradientBuffer, biasStart + first, biasStart + last);
  }

  @Override
  void store() {}
}
