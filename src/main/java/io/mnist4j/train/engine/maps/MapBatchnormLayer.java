package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.train.engine.stage.BatchnormParameters;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.StageContext;
import java.util.Arrays;

/**
 * Batch normalisation of each channel (Ioffe and Szegedy, 2015): {@code out = γ (in - mean) /
 * √(variance + ε) + β}; mean and variance are those of the batch in training, and running averages
 * afterwards.
 */
final class MapBatchnormLayer extends MapLayer {
  private final Batchnorm spec;
  private final BatchnormParameters parameters;
  private final int channels;

  /** By part and channel: sums over a part, so that all are added in one order. */
  private final double[][] sums;

  private final double[][] otherSums;
  private final double[] mean;
  private final double[] variance;

  /** {@code out = in scale + shift}. */
  private final float[] scale;

  private final float[] shift;

  /** {@code inDelta = outDelta scale - in slope - offset}. */
  private final float[] slope;

  private final float[] offset;

  /**
   * @param start of the layer's parameters in the network's
   */
  MapBatchnormLayer(Link below, Link above, Batchnorm spec, StageContext context, int start) {
    super(below, above);
    this.spec = spec;
    channels = in.channels;
    parameters = new BatchnormParameters(context.arrays(), start, channels);
    sums = new double[FeatureMaps.parts(context.room())][channels];
    otherSums = new double[sums.length][channels];
    mean = new double[channels];
    variance = new double[channels];
    scale = new float[channels];
    shift = new float[channels];
    slope = new float[channels];
    offset = new float[channels];
  }

  @Override
  boolean crossesImages() {
    return true;
  }

  @Override
  void prepareForward(MapPass pass) {
    if (pass.training()) {
      double numbers = (double) pass.images() * in.height * in.width;
      pass.workers().run(pass.parts(), (part, worker) -> addUp(pass, part, false));
      total(pass, sums, mean, numbers);
      pass.workers().run(pass.parts(), (part, worker) -> addUp(pass, part, true));
      total(pass, sums, variance, numbers);
    }
    for (int c = 0; c < channels; c++) {
      double m = pass.training() ? mean[c] : parameters.mean(c);
      double v = pass.training() ? variance[c] : parameters.variance(c);
      double factor = parameters.gamma(c) / Math.sqrt(v + spec.epsilon());
      scale[c] = (float) factor;
      shift[c] = (float) (parameters.beta(c) - m * factor);
    }
  }

  private static void total(MapPass pass, double[][] sums, double[] means, double count) {
    for (int c = 0; c < means.length; c++) {
      double sum = 0;
      for (int part = 0; part < pass.parts(); part++) {
        sum += sums[part][c];
      }
      means[c] = sum / count;
    }
  }

  @FunctionalInterface
  private interface RowWork {
    void run(int channel, int row);
  }

  private void forEachRow(RowWork work) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < in.height; y++) {
        work.run(c, y);
      }
    }
  }

  /** Σx over a part, or Σ(x - mean)². */
  private void addUp(MapPass pass, int part, boolean squares) {
    Arrays.fill(sums[part], 0);
    float[] x = in.part(part);
    int images = pass.imagesOf(part);
    forEachRow(
        (c, y) -> {
          double sum = 0;
          double centre = squares ? mean[c] : 0;
          int first = in.at(c, y, 0);
          for (int i = 0; i < in.rowLength(); i += LANES) {
            for (int image = 0; image < images; image++) {
              double difference = x[first + i + image] - centre;
              sum += squares ? difference * difference : difference;
            }
          }
          sums[part][c] += sum;
        });
  }

  @Override
  void forward(MapPass pass, int part) {
    float[] x = in.part(part);
    float[] y = out.part(part);
    forEachRow(
        (c, row) -> {
          int from = in.at(c, row, 0);
          int to = out.at(c, row, 0);
          for (int i = 0; i < in.rowLength(); i++) {
            y[to + i] = x[from + i] * scale[c] + shift[c];
          }
        });
  }

  /**
   * With n numbers of a channel, x̂ the normalised input and δ the derivative by the output, that
   * by the input is {@code γ / √(variance + ε) (δ - Σδ / n - x̂ Σ(δ x̂) / n)}; that by β is Σδ, and
   * by γ Σ(δ x̂).
   */
  @Override
  void prepareBackward(MapPass pass) {
    double numbers = (double) pass.images() * in.height * in.width;
    pass.workers().run(pass.parts(), (part, worker) -> addDeltas(pass, part));
    double[] ofDelta = new double[channels];
    double[] ofProduct = new double[channels];
    total(pass, sums, ofDelta, 1);
    total(pass, otherSums, ofProduct, 1);
    for (int c = 0; c < channels; c++) {
      double root = Math.sqrt(variance[c] + spec.epsilon());
      double gradient = ofProduct[c] / root;
      parameters.setGradients(c, gradient, ofDelta[c]);
      double factor = parameters.gamma(c) / root;
      double ofInput = factor * gradient / numbers / root;
      slope[c] = (float) ofInput;
      offset[c] = (float) (factor * ofDelta[c] / numbers - mean[c] * ofInput);
    }
  }

  /** Σδ and Σ(δ (x - mean)). */
  private void addDeltas(MapPass pass, int part) {
    Arrays.fill(sums[part], 0);
    Arrays.fill(otherSums[part], 0);
    float[] x = in.part(part);
    float[] delta = outDelta.part(part);
    int images = pass.imagesOf(part);
    forEachRow(
        (c, y) -> {
          double sum = 0;
          double products = 0;
          int from = in.at(c, y, 0);
          int first = outDelta.at(c, y, 0);
          for (int i = 0; i < in.rowLength(); i += LANES) {
            for (int image = 0; image < images; image++) {
              double d = delta[first + i + image];
              sum += d;
              products += d * (x[from + i + image] - mean[c]);
            }
          }
          sums[part][c] += sum;
          otherSums[part][c] += products;
        });
  }

  @Override
  void backward(MapPass pass, int part) {
    if (inDelta == null) {
      return;
    }
    float[] x = in.part(part);
    float[] delta = outDelta.part(part);
    float[] to = inDelta.part(part);
    int images = pass.imagesOf(part);
    forEachRow(
        (c, y) -> {
          int from = in.at(c, y, 0);
          int above = outDelta.at(c, y, 0);
          int below = inDelta.at(c, y, 0);
          for (int i = 0; i < in.rowLength(); i++) {
            // Images that are not there have no derivative.
            to[below + i] =
                i % LANES < images
                    ? delta[above + i] * scale[c] - x[from + i] * slope[c] - offset[c]
                    : 0;
          }
        });
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
    for (int c = 0; c < channels; c++) {
      parameters.setAverages(
          c, moved(parameters.mean(c), mean[c]), moved(parameters.variance(c), variance[c]));
    }
    if (update != null) {
      applyGradient(part, scratch, update);
    }
  }

  private float moved(float average, double ofBatch) {
    return (float) (spec.momentum() * average + (1 - spec.momentum()) * ofBatch);
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
