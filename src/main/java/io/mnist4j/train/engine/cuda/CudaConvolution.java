package io.mnist4j.train.engine.cuda;

import io.mnist4j.train.engine.cuda.CudaProduct.CudaMatrix;
import io.mnist4j.train.engine.cuda.CudaProduct.Epilogue;
import io.mnist4j.train.engine.maps.ConvolutionGeometry;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

/**
 * A convolution, as products of its filters with windows that are never laid out: the tables of the
 * products say where their numbers lie. Its biases come first, then the weights {@code [filters,
 * channels, kernel, kernel]}.
 */
final class CudaConvolution extends CudaLayer {
  private final ElementwiseActivation activation;
  private final ConvolutionGeometry geometry;
  private final CudaProduct forward;
  private final CudaProduct gradient;
  private final CudaProduct backward;

  CudaConvolution(
      CudaMemory memory,
      CudaLink below,
      CudaLink above,
      ConvolutionGeometry geometry,
      ElementwiseActivation activation,
      CudaPlace place) {
    super(memory, below, above);
    int start = place.start();
    int room = place.room();
    int batch = place.batch();
    this.geometry = geometry;
    this.activation = activation;
    int filters = out.channels();
    int square = geometry.kernel() * geometry.kernel();
    int terms = geometry.terms();
    int weights = start + filters;
    int pixels = out.height() * out.width();
    int corner = in.at(0, 0, 0, 0);
    long windows = CudaProduct.table(memory, room * pixels, i -> windowAt(i / pixels, i % pixels));
    long offsets =
        CudaProduct.table(
            memory,
            terms,
            k ->
                in.at(0, k / square, k % square / geometry.kernel(), k % geometry.kernel())
                    - corner);
    long numbers = CudaProduct.table(memory, Math.max(terms, filters), i -> i);
    long ofFilters = CudaProduct.table(memory, filters, f -> f * terms);
    forward =
        new CudaProduct(
            memory,
            new CudaMatrix(memory.weights(weights), ofFilters, numbers, true),
            new CudaMatrix(in.address(), offsets, windows, true),
            new CudaMatrix(
                out.address(),
                CudaProduct.table(memory, filters, f -> f * out.channelStride()),
                CudaProduct.table(memory, room * pixels, i -> pixel(out, i / pixels, i % pixels)),
                true),
            new Epilogue(
                memory.weights(start), true, sumsAddress(), 0, KernelCodes.of(activation.name())));
    if (outDeltas == null) {
      gradient = null;
      backward = null;
      return;
    }
    long deltaPixels =
        CudaProduct.table(memory, batch * pixels, i -> pixel(outDeltas, i / pixels, i % pixels));
    long deltaChannels = CudaProduct.table(memory, filters, f -> f * outDeltas.channelStride());
    gradient =
        new CudaProduct(
            memory,
            new CudaMatrix(outDeltas.address(), deltaChannels, deltaPixels, true),
            new CudaMatrix(in.address(), windows, offsets, false),
            new CudaMatrix(memory.gradients(weights), ofFilters, numbers, true),
            Epilogue.rowSums(memory.gradients(start)));
    backward = inDeltas == null ? null : backward(weights, batch);
  }

  private int windowAt(int image, int pixel) {
    return in.at(
        image,
        0,
        pixel / out.width() * geometry.stride() - geometry.padTop(),
        pixel % out.width() * geometry.stride() - geometry.padLeft());
  }

  private static int pixel(CudaMaps maps, int image, int pixel) {
    return maps.at(image, 0, pixel / maps.width(), pixel % maps.width());
  }

  /** Each input takes, of each filter, what the windows that it is in give it. */
  private CudaProduct backward(int weights, int batch) {
    int kernel = geometry.kernel();
    int square = kernel * kernel;
    int terms = geometry.terms();
    int products = out.channels() * square;
    int pixels = in.height() * in.width();
    int columns = outDeltas.columns();
    return new CudaProduct(
        memory,
        new CudaMatrix(
            memory.weights(weights),
            CudaProduct.table(memory, in.channels(), c -> c * square),
            CudaProduct.table(memory, products, k -> k / square * terms + k % square),
            true),
        new CudaMatrix(
            outDeltas.address(),
            CudaProduct.table(
                memory,
                products,
                k ->
                    k / square * outDeltas.channelStride()
                        - k % square / kernel * columns
                        - k % kernel),
            CudaProduct.table(
                memory,
                batch * pixels,
                i ->
                    outDeltas.at(i / pixels, 0, 0, 0)
                        + (i % pixels / in.width() + geometry.padTop()) * columns
                        + i % in.width()
                        + geometry.padLeft()),
            true),
        new CudaMatrix(
            inDeltas.address(),
            CudaProduct.table(memory, in.channels(), c -> c * inDeltas.channelStride()),
            CudaProduct.table(memory, batch * pixels, i -> pixel(inDeltas, i / pixels, i % pixels)),
            true),
        Epilogue.none());
  }

  @Override
  void forward(int images, boolean training) {
    forward.launch(out.channels(), images * out.height() * out.width(), geometry.terms());
  }

  @Override
  void backward(int images) {
    differentiate(activation, images);
    gradient.launch(out.channels(), geometry.terms(), images * out.height() * out.width());
    if (backward != null) {
      backward.launch(
          in.channels(),
          images * in.height() * in.width(),
          out.channels() * geometry.kernel() * geometry.kernel());
    }
  }
}
