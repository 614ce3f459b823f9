package io.mnist4j.train.engine;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.Blas;
import io.mnist4j.train.engine.stage.Blas.Matrix;
import io.mnist4j.train.engine.stage.ElementwiseActivation;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.engine.stage.ImageGradients;
import io.mnist4j.train.engine.stage.ImageSquares;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.Stage;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.UnitParameters;
import io.mnist4j.train.engine.stage.WorkerPool;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A dense layer by OpenBLAS, straight on the network's own arrays. Its outputs lie unit by unit, so
 * that the units that one part computes are one piece of memory.
 */
final class DenseLayer extends FlatLayer implements ImageGradients {
  private static final int SMALLEST_PART = 64;
  private static final int LARGEST_PART = 256;
  private static final int PARTS = 4;

  private final FlatArrays arrays;
  private final ElementwiseActivation activation;

  /** Before the activation, as the outputs lie; null where the derivative does not need them. */
  private final float[] sums;

  private final UnitParameters parameters;
  private final Matrix weights;
  private final Matrix gradients;
  private final int unitsPerPart;

  /**
   * @param start of the layer's parameters in the network's
   */
  DenseLayer(StageContext context, int start, Stage below, int units, Activation activation) {
    super(below, new ActivationBuffer(units, context.room(), false));
    arrays = context.arrays();
    this.activation = ElementwiseActivation.of(activation);
    sums = this.activation.needsSums() ? new float[units * context.room()] : null;
    parameters = new UnitParameters(arrays, start, start + units * in.units, in.units);
    weights = Matrix.of(new FloatPointer(arrays.parameters).getPointer(start), in.units);
    gradients = Matrix.of(new FloatPointer(arrays.gradients).getPointer(start), in.units);
    unitsPerPart = unitsPerPart(units);
  }

  /** Gives a few threads enough parts, each large enough for a product to be worth it. */
  private static int unitsPerPart(int units) {
    return Math.max(SMALLEST_PART, Math.min(LARGEST_PART, (units + PARTS - 1) / PARTS));
  }

  private static int parts(int units, int perPart) {
    return (units + perPart - 1) / perPart;
  }

  @Override
  public int parameters() {
    return out.units * (in.units + 1);
  }

  @Override
  protected boolean learns() {
    return true;
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    workers.run(parts(), (part, worker) -> forward(part, scratch[worker], images));
  }

  private void forward(int part, Scratch scratch, int images) {
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
      float bias = arrays.parameterBuffer.get(parameters.biasStart() + unit);
      out.valueBuffer.get(unit * images, values, 0, images);
      for (int i = 0; i < images; i++) {
        values[i] += bias;
      }
      if (sums != null) {
        System.arraycopy(values, 0, sums, unit * images, images);
      }
      activation.apply(values, 0, images);
      out.valueBuffer.put(unit * images, values, 0, images);
    }
  }

  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {
    if (!activation.isIdentity()) {
      workers.run(parts(), (part, worker) -> differentiate(part, scratch[worker], images));
    }
    if (below.needsDeltas()) {
      int perPart = unitsPerPart(in.units);
      workers.run(
          parts(in.units, perPart), (part, worker) -> backward(part * perPart, perPart, images));
    }
  }

  /** Makes the derivative by the sums of that by the outputs. */
  private void differentiate(int part, Scratch scratch, int images) {
    float[] values = scratch.values;
    float[] deltas = scratch.deltas;
    int last = Math.min(out.units, (part + 1) * unitsPerPart);
    for (int unit = part * unitsPerPart; unit < last; unit++) {
      if (sums == null) {
        out.valueBuffer.get(unit * images, values, 0, images);
      } else {
        System.arraycopy(sums, unit * images, values, 0, images);
      }
      out.deltaBuffer.get(unit * images, deltas, 0, images);
      activation.multiplyByDerivative(deltas, values, 0, images);
      out.deltaBuffer.put(unit * images, deltas, 0, images);
    }
  }

  /** Makes the derivative by some of the inputs of that by the sums. */
  private void backward(int first, int perPart, int images) {
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
    }
  }

  @Override
  public void addSquaredNorms(WorkerPool workers, Scratch[] scratch, double[] squares, int images) {
    ImageSquares.addProducts(workers, scratch, in, out, squares, images);
  }

  @Override
  public void weigh(WorkerPool workers, Scratch[] scratch, float[] factors, int images) {
    workers.run(
        parts(),
        (part, worker) -> {
          float[] deltas = scratch[worker].deltas;
          for (int unit = part * unitsPerPart; unit < end(part); unit++) {
            out.deltaBuffer.get(unit * images, deltas, 0, images);
            for (int i = 0; i < images; i++) {
              deltas[i] = deltas[i] * factors[i] + ActivationBuffer.TINY - ActivationBuffer.TINY;
            }
            out.deltaBuffer.put(unit * images, deltas, 0, images);
          }
        });
  }

  @Override
  public int parts() {
    return parts(out.units, unitsPerPart);
  }

  @Override
  public void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
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
      arrays.gradientBuffer.put(parameters.biasStart() + unit, sum(deltas, images));
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

  private int end(int part) {
    return Math.min((part + 1) * unitsPerPart, out.units);
  }

  @Override
  public void applyGradient(int part, Scratch scratch, ParameterUpdate update) {
    parameters.applyGradient(part * unitsPerPart, end(part), scratch, update);
  }

  @Override
  public double squaredNorm(int part, Scratch scratch) {
    return parameters.squaredNorm(part * unitsPerPart, end(part), scratch);
  }
}
