package io.mnist4j.train.engine.maps;

import io.mnist4j.train.engine.kernels.KernelChoice;
import io.mnist4j.train.engine.kernels.MapKernels;
import io.mnist4j.train.engine.kernels.MapKernels.Products;
import io.mnist4j.train.engine.kernels.MapKernels.Rows;
import io.mnist4j.train.engine.kernels.MapKernels.Terms;
import io.mnist4j.train.engine.stage.ElementwiseActivation;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.engine.stage.ImageGradients;
import io.mnist4j.train.engine.stage.ParameterUpdate;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.UnitParameters;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.util.Arrays;

/**
 * A convolution with its activation: {@code out[f][y][x] = activation(b[f] + Σ w[f][c][i][j]
 * in[c][y stride + i - top][x stride + j - left])}.
 *
 * <p>In the network's parameters the biases come first, then the weights {@code [filters, channels,
 * kernel, kernel]}. They are packed anew for each step, for the two ways.
 */
final class ConvolutionLayer extends MapLayer implements ImageGradients {
  private final MapKernels kernels = KernelChoice.kernels();
  private final ConvolutionGeometry geometry;
  private final ElementwiseActivation activation;
  private final FlatArrays arrays;
  private final UnitParameters parameters;
  private final int filters;
  private final Terms forward;

  /** The way back to the inputs; null where nobody asks for it. */
  private final InputGradient inputGradient;

  private final int[] inputPixels;
  private final int[] deltaPixels;

  /** The sums, where the activation is differentiated by them; else the outputs. */
  private final FeatureMaps differentiated;

  /**
   * @param start of the layer's parameters in the network's
   */
  ConvolutionLayer(
      Link below,
      Link above,
      ConvolutionGeometry geometry,
      ElementwiseActivation activation,
      StageContext context,
      int start) {
    super(below, above);
    this.geometry = geometry;
    this.activation = activation;
    arrays = context.arrays();
    filters = geometry.output().channels();
    int terms = geometry.terms();
    parameters = new UnitParameters(arrays, start + filters, start, terms);
    int channels = MapKernels.roundUp(filters);
    int[] offsets = new int[terms];
    int square = geometry.kernel() * geometry.kernel();
    for (int p = 0; p < terms; p++) {
      int row = p % square / geometry.kernel();
      int column = p % geometry.kernel();
      offsets[p] = in.at(p / square, row, column) - in.at(0, 0, 0);
    }
    forward =
        new Terms(offsets, new float[channels * terms], new float[channels], activation.isRelu());
    inputGradient = inDelta == null ? null : new InputGradient(geometry, inDelta, outDelta);
    deltaPixels = outDelta.pixels();
    inputPixels = new int[deltaPixels.length];
    for (int i = 0; i < inputPixels.length; i++) {
      inputPixels[i] = firstInput(i / out.width, i % out.width);
    }
    differentiated =
        activation.needsSums()
            ? new FeatureMaps(filters, out.height, out.width, Border.NONE, context.room())
            : out;
  }

  /** Where the window of an output begins. */
  private int firstInput(int row, int column) {
    return in.at(
        0,
        row * geometry.stride() - geometry.padTop(),
        column * geometry.stride() - geometry.padLeft());
  }

  @Override
  void prepareForward(MapPass pass) {
    int terms = geometry.terms();
    float[] filter = new float[terms];
    for (int f = 0; f < filters; f++) {
      forward.bias()[f] = arrays.parameterBuffer.get(parameters.biasStart() + f);
      arrays.parameterBuffer.get(parameters.weights(f), filter);
      int block = f / MapKernels.BLOCK * terms * MapKernels.BLOCK + f % MapKernels.BLOCK;
      for (int p = 0; p < terms; p++) {
        forward.weights()[block + p * MapKernels.BLOCK] = filter[p];
      }
      if (inputGradient != null && pass.training()) {
        inputGradient.setFilter(f, filter);
      }
    }
  }

  @Override
  void forward(MapPass pass, int part) {
    int step = geometry.stride() == 1 ? out.width : 1;
    for (int y = 0; y < out.height; y++) {
      for (int x = 0; x < out.width; x += step) {
        kernels.correlate(
            in.part(part),
            firstInput(y, x),
            forward,
            0,
            geometry.terms(),
            new Rows(out.part(part), out.at(0, y, x), out.planeStride, step * MapKernels.LANES),
            MapKernels.roundUp(filters));
      }
    }
    if (!activation.isRelu()) {
      activate(part);
    }
  }

  private void activate(int part) {
    float[] row = new float[out.rowLength()];
    for (int f = 0; f < filters; f++) {
      for (int y = 0; y < out.height; y++) {
        System.arraycopy(out.part(part), out.at(f, y, 0), row, 0, row.length);
        if (activation.needsSums()) {
          int sums = differentiated.at(f, y, 0);
          System.arraycopy(row, 0, differentiated.part(part), sums, row.length);
        }
        activation.apply(row, 0, row.length);
        System.arraycopy(row, 0, out.part(part), out.at(f, y, 0), row.length);
      }
    }
  }

  @Override
  void backward(MapPass pass, int part) {
    float[] deltas = new float[out.rowLength()];
    float[] outputs = new float[out.rowLength()];
    for (int f = 0; f < filters; f++) {
      for (int y = 0; y < out.height; y++) {
        int delta = outDelta.at(f, y, 0);
        int output = out.at(f, y, 0);
        if (activation.isRelu()) {
          kernels.gateByPositive(
              outDelta.part(part), delta, out.part(part), output, out.rowLength());
        } else {
          System.arraycopy(outDelta.part(part), delta, deltas, 0, deltas.length);
          int from = differentiated.at(f, y, 0);
          System.arraycopy(differentiated.part(part), from, outputs, 0, outputs.length);
          activation.multiplyByDerivative(deltas, outputs, 0, deltas.length);
          System.arraycopy(deltas, 0, outDelta.part(part), delta, deltas.length);
        }
      }
    }
    if (inputGradient != null) {
      inputGradient.compute(kernels, part);
    }
  }

  /** A block of filters each. */
  @Override
  public int parts() {
    return MapKernels.roundUp(filters) / MapKernels.BLOCK;
  }

  @Override
  public void learn(int part, Scratch scratch, int images, ParameterUpdate update) {
    int first = part * MapKernels.BLOCK;
    int sumsOfFilter = forward.offsets().length * MapKernels.LANES;
    float[] weightSums = scratch.gradients(MapKernels.BLOCK * sumsOfFilter);
    float[] biasSums = new float[MapKernels.BLOCK * MapKernels.LANES];
    Arrays.fill(weightSums, 0, MapKernels.BLOCK * sumsOfFilter, 0);
    for (int p = 0; p < FeatureMaps.parts(images); p++) {
      Products products = products(first, p);
      kernels.accumulate(products, forward.offsets(), geometry.kernel(), weightSums);
      kernels.accumulate(products, biasSums);
    }
    int terms = geometry.terms();
    for (int f = first; f < end(part); f++) {
      int filter = (f - first) * sumsOfFilter;
      for (int t = 0; t < terms; t++) {
        arrays.gradientBuffer.put(
            parameters.weights(f) + t, sum(weightSums, filter + t * MapKernels.LANES));
      }
      arrays.gradientBuffer.put(
          parameters.biasStart() + f, sum(biasSums, (f - first) * MapKernels.LANES));
    }
    if (update != null) {
      applyGradient(part, scratch, update);
    }
  }

  /** Of a block of filters, over a part of the images. */
  private Products products(int firstFilter, int part) {
    return new Products(
        outDelta.part(part),
        firstFilter * outDelta.planeStride,
        outDelta.planeStride,
        deltaPixels,
        in.part(part),
        inputPixels);
  }

  /** Each of sixteen images has a lane of its own in the sums that the gradient is made of. */
  @Override
  public void addSquaredNorms(WorkerPool workers, Scratch[] scratch, double[] squares, int images) {
    int sumsOfFilter = forward.offsets().length * MapKernels.LANES;
    workers.run(
        FeatureMaps.parts(images),
        (part, worker) -> {
          double[] ofLanes = new double[MapKernels.LANES];
          float[] weightSums = scratch[worker].gradients(MapKernels.BLOCK * sumsOfFilter);
          float[] biasSums = new float[MapKernels.BLOCK * MapKernels.LANES];
          for (int first = 0; first < filters; first += MapKernels.BLOCK) {
            int used = Math.min(MapKernels.BLOCK, filters - first);
            Arrays.fill(weightSums, 0, MapKernels.BLOCK * sumsOfFilter, 0);
            Arrays.fill(biasSums, 0);
            Products products = products(first, part);
            kernels.accumulate(products, forward.offsets(), geometry.kernel(), weightSums);
            kernels.accumulate(products, biasSums);
            addSquares(weightSums, used * sumsOfFilter, ofLanes);
            addSquares(biasSums, used * MapKernels.LANES, ofLanes);
          }
          int image = part * MapKernels.LANES;
          for (int lane = 0; lane < MapKernels.LANES && image + lane < images; lane++) {
            squares[image + lane] += ofLanes[lane];
          }
        });
  }

  private static void addSquares(float[] sums, int count, double[] ofLanes) {
    for (int i = 0; i < count; i += MapKernels.LANES) {
      for (int lane = 0; lane < MapKernels.LANES; lane++) {
        ofLanes[lane] += (double) sums[i + lane] * sums[i + lane];
      }
    }
  }

  @Override
  public void weigh(WorkerPool workers, Scratch[] scratch, float[] factors, int images) {
    workers.run(
        FeatureMaps.parts(images),
        (part, worker) -> {
          float[] ofLanes = new float[MapKernels.LANES];
          int image = part * MapKernels.LANES;
          System.arraycopy(factors, image, ofLanes, 0, Math.min(MapKernels.LANES, images - image));
          float[] deltas = outDelta.part(part);
          for (int f = 0; f < filters; f++) {
            for (int y = 0; y < out.height; y++) {
              int row = outDelta.at(f, y, 0);
              for (int i = row; i < row + outDelta.rowLength(); i += MapKernels.LANES) {
                for (int lane = 0; lane < MapKernels.LANES; lane++) {
                  deltas[i + lane] *= ofLanes[lane];
                }
              }
            }
          }
        });
  }

  /** The sum over sixteen images. */
  private static float sum(float[] a, int i) {
    float even =
        a[i] + a[i + 2] + (a[i + 4] + a[i + 6]) + (a[i + 8] + a[i + 10] + (a[i + 12] + a[i + 14]));
    float odd =
        a[i + 1]
            + a[i + 3]
            + (a[i + 5] + a[i + 7])
            + (a[i + 9] + a[i + 11] + (a[i + 13] + a[i + 15]));
    return even + odd;
  }

  private int end(int part) {
    return Math.min(filters, (part + 1) * MapKernels.BLOCK);
  }

  @Override
  public void applyGradient(int part, Scratch scratch, ParameterUpdate update) {
    parameters.applyGradient(part * MapKernels.BLOCK, end(part), scratch, update);
  }

  @Override
  public double squaredNorm(int part, Scratch scratch) {
    return parameters.squaredNorm(part * MapKernels.BLOCK, end(part), scratch);
  }
}
