package io.mnist4j.train.engine;

import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.BatchnormParameters;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.Stage;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.WorkerPool;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015, algorithm 1 and section 3): y = γ x̂ + β with x̂ =
 * (x - mean) / √(variance + ε), by mean and biased variance of the batch in training, by their
 * running averages in evaluation. Inputs and outputs lie unit by unit.
 */
final class BatchnormLayer extends FlatLayer {
  private static final int UNITS_PER_PART = 32;

  private final BatchnormParameters parameters;
  private final float momentum;
  private final double epsilon;

  /** x̂ of the batch, as the inputs lie. */
  private final float[] normalized;

  private final float[] batchMean;
  private final float[] batchVariance;

  /**
   * @param start of the layer's parameters in the network's
   * @param below with units in one piece each
   */
  BatchnormLayer(StageContext context, int start, Stage below, Batchnorm layer) {
    super(below, new ActivationBuffer(below.out.units, context.room(), false));
    parameters = new BatchnormParameters(context.arrays(), start, in.units);
    momentum = (float) layer.momentum();
    epsilon = layer.epsilon();
    normalized = new float[in.units * context.batchSize()];
    batchMean = new float[in.units];
    batchVariance = new float[in.units];
  }

  @Override
  public int parameters() {
    return parameters.count();
  }

  @Override
  protected boolean learns() {
    return true;
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    forEachUnit(
        workers,
        (unit, worker) -> {
          float[] x = scratch[worker].values;
          in.valueBuffer.get(unit * images, x, 0, images);
          if (training) {
            normalizeByBatch(unit, x, images);
            System.arraycopy(x, 0, normalized, unit * images, images);
          } else {
            normalize(x, images, parameters.mean(unit), deviation(parameters.variance(unit)));
          }
          scale(unit, x, images);
          out.valueBuffer.put(unit * images, x, 0, images);
        });
  }

  private void forEachUnit(WorkerPool workers, WorkerPool.Work ofUnit) {
    workers.run(
        (in.units + UNITS_PER_PART - 1) / UNITS_PER_PART,
        (part, worker) -> {
          int last = Math.min(in.units, (part + 1) * UNITS_PER_PART);
          for (int unit = part * UNITS_PER_PART; unit < last; unit++) {
            ofUnit.run(unit, worker);
          }
        });
  }

  private void normalizeByBatch(int unit, float[] x, int images) {
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += x[i];
    }
    float mean = (float) (sum / images);
    double squares = 0;
    for (int i = 0; i < images; i++) {
      float difference = x[i] - mean;
      squares += (double) difference * difference;
    }
    float variance = (float) (squares / images);
    batchMean[unit] = mean;
    batchVariance[unit] = variance;
    normalize(x, images, mean, deviation(variance));
  }

  private float deviation(float variance) {
    return (float) Math.sqrt(variance + epsilon);
  }

  private static void normalize(float[] x, int images, float mean, float deviation) {
    for (int i = 0; i < images; i++) {
      x[i] = (x[i] - mean) / deviation;
    }
  }

  private void scale(int unit, float[] x, int images) {
    float gamma = parameters.gamma(unit);
    float beta = parameters.beta(unit);
    for (int i = 0; i < images; i++) {
      x[i] = gamma * x[i] + beta;
    }
  }

  /**
   * With n images and d the derivative by the outputs: that by β is Σd, by γ Σdx̂, and by an input
   * γ / √(variance + ε) (d - Σd / n - x̂ Σdx̂ / n).
   */
  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {
    forEachUnit(
        workers,
        (unit, worker) -> {
          float[] delta = scratch[worker].deltas;
          float[] x = scratch[worker].values;
          out.deltaBuffer.get(unit * images, delta, 0, images);
          System.arraycopy(normalized, unit * images, x, 0, images);
          double byBeta = 0;
          double byGamma = 0;
          for (int i = 0; i < images; i++) {
            byBeta += delta[i];
            byGamma += (double) delta[i] * x[i];
          }
          parameters.setGradients(unit, byGamma, byBeta);
          moveAverages(unit);
          if (below.needsDeltas()) {
            float shift = (float) (byBeta / images);
            float slope = (float) (byGamma / images);
            differentiate(unit, delta, x, images, shift, slope);
            in.deltaBuffer.put(unit * images, delta, 0, images);
          }
        });
  }

  private void differentiate(
      int unit, float[] delta, float[] x, int images, float shift, float slope) {
    float factor = parameters.gamma(unit) / deviation(batchVariance[unit]);
    for (int i = 0; i < images; i++) {
      float centred = delta[i] - shift - x[i] * slope;
      delta[i] = factor * centred + ActivationBuffer.TINY - ActivationBuffer.TINY;
    }
  }

  /** As DL4J does, which takes the part of the difference off as if it were a gradient. */
  private void moveAverages(int unit) {
    parameters.setAverages(
        unit,
        moved(parameters.mean(unit), batchMean[unit]),
        moved(parameters.variance(unit), batchVariance[unit]));
  }

  private float moved(float average, float ofBatch) {
    return average - (average - ofBatch) * (1 - momentum);
  }

  @Override
  public int parts() {
    return 1;
  }

  /** The gradient is there since {@link #backward}. */
  @Override
  public void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
    if (update != null) {
      applyGradient(part, scratch, update);
    }
  }

  @Override
  public void applyGradient(int part, Scratch scratch, ParameterUpdate update) {
    parameters.applyGradient(scratch, update);
  }

  @Override
  public double squaredNorm(int part, Scratch scratch) {
    return parameters.squaredNorm(scratch);
  }
}
