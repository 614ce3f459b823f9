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

  /**
   * Σx over a part, or Σ(x - mean)². Each image has a sum of its own: a single one would wait for
   * each addition before the next.
   */
  private void addUp(MapPass pass, int part, boolean squares) {
    float[] x = in.part(part);
    double[] ofImage = new double[LANES];
    for (int c = 0; c < channels; c++) {
      Arrays.fill(ofImage, 0);
      for (int y = 0; y < in.height; y++) {
        if (squares) {
          addSquares(x, in.at(c, y, 0), mean[c], ofImage);
        } else {
          add(x, in.at(c, y, 0), ofImage);
        }
      }
      sums[part][c] = sum(ofImage, pass.imagesOf(part));
    }
  }

  private void add(float[] x, int first, double[] ofImage) {
    for (int i = first; i < first + in.rowLength(); i += LANES) {
      for (int image = 0; image < LANES; image++) {
        ofImage[image] += x[i + image];
      }
    }
  }

  private void addSquares(float[] x, int first, double centre, double[] ofImage) {
    for (int i = first; i < first + in.rowLength(); i += LANES) {
      for (int image = 0; image < LANES; image++) {
        double difference = x[i + image] - centre;
        ofImage[image] += difference * difference;
      }
    }
  }

  /** The sum of the images that are there. */
  private static double sum(double[] ofImage, int images) {
    double sum = 0;
    for (int image = 0; image < images; image++) {
      sum += ofImage[image];
    }
    return sum;
  }

  @Override
  void forward(MapPass pass, int part) {
    float[] x = in.part(part);
    float[] y = out.part(part);
    forEachRow(
        (c, row) -> {
          int from = in.at(c, row, 0);
          int to = out.at(c, row, 0);
          float factor = scale[c];
          float summand = shift[c];
          for (int i = 0; i < in.rowLength(); i++) {
            y[to + i] = x[from + i] * factor + summand;
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
    double[] ofImage = new double[LANES];
    double[] products = new double[LANES];
    for (int c = 0; c < channels; c++) {
      Arrays.fill(ofImage, 0);
      Arrays.fill(products, 0);
      for (int y = 0; y < in.height; y++) {
        add(outDelta.part(part), outDelta.at(c, y, 0), ofImage);
        addProducts(part, c, y, products);
      }
      sums[part][c] = sum(ofImage, pass.imagesOf(part));
      otherSums[part][c] = sum(products, pass.imagesOf(part));
    }
  }

  private void addProducts(int part, int channel, int row, double[] ofImage) {
    float[] x = in.part(part);
    float[] delta = outDelta.part(part);
    double centre = mean[channel];
    int first = outDelta.at(channel, row, 0);
    int toInput = in.at(channel, row, 0) - first;
    for (int i = first; i < first + in.rowLength(); i += LANES) {
      for (int image = 0; image < LANES; image++) {
        ofImage[image] += delta[i + image] * (x[toInput + i + image] - centre);
      }
    }
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
          float factor = scale[c];
          float ofInput = slope[c];
          float summand = offset[c];
          for (int i = 0; i < in.rowLength(); i++) {
            to[below + i] = delta[above + i] * factor - x[from + i] * ofInput - summand;
          }
          // Images that are not there have no derivative.
          for (int i = images; i % LANES != 0 && i < in.rowLength(); i += LANES) {
            Arrays.fill(to, below + i, below + i + LANES - images, 0);
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
