package io.mnist4j.train.engine.cuda;

import io.mnist4j.train.engine.cuda.CudaProduct.Epilogue;
import io.mnist4j.train.engine.cuda.CudaProduct.Matrix;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

/**
 * A convolution, as products of its filters with windows that are never laid out: the tables of the
 * products say where their numbers lie. Its biases come first, then the weights {@code [filters,
 * channels, kernel, kernel]}.
 */
final class CudaConvolution extends CudaLayer {
  private final ElementwiseActivation activation;
  private final CudaMaps differentiated;
  private final Window window;
  private final CudaProduct forward;
  private final CudaProduct gradient;
  private final CudaProduct backward;

  /**
   * How windows lie.
   *
   * @param top rows of zeros above the image; left: columns likewise
   */
  record Window(int kernel, int stride, int top, int left) {}

  /**
   * @param start of the layer's parameters in the network's
   * @param room the most images at once
   * @param batch the most images that are learned from at once
   * @param sums where the sums are kept, as the outputs lie, if the derivative needs them
   */
  CudaConvolution(
      CudaMemory memory,
      Link below,
      Link above,
      Window window,
      ElementwiseActivation activation,
      int start,
      int room,
      int batch,
      CudaMaps sums) {
    super(memory, below, above);
    this.window = window;
    this.activation = activation;
    differentiated = activation.needsSums() ? sums : out;
    int filters = out.channels();
    int square = window.kernel() * window.kernel();
    int terms = in.channels() * square;
    int weights = start + filters;
    int pixels = out.height() * out.width();
    int corner = in.at(0, 0, 0, 0);
    long windows =
        CudaProduct.table(memory, room * pixels, i -> windowAt(i / pixels, i % pixels));
    long offsets =
        CudaProduct.table(
            memory,
            terms,
            k ->
                in.at(0, k / square, k % square / window.kernel(), k % window.kernel()) - corner);
    long numbers = CudaProduct.table(memory, Math.max(terms, filters), i -> i);
    long ofFilters = CudaProduct.table(memory, filters, f -> f * terms);
    forward =
        new CudaProduct(
            memory,
            new Matrix(memory.weights(weights), ofFilters, numbers, true),
            new Matrix(in.address(), offsets, windows, true),
            new Matrix(
                out.address(),
                CudaProduct.table(memory, filters, f -> f * out.channelStride()),
                CudaProduct.table(memory, room * pixels, i -> pixel(out, i / pixels, i % pixels)),
                true),
            new Epilogue(
                memory.weights(start),
                true,
                activation.needsSums() ? sums.address() : 0,
                0,
                0,
                activation.name().ordinal()));
    if (outDeltas == null) {
      gradient = null;
      backward = null;
      return;
    }
    long deltaPixels =
        CudaProduct.table(memory, batch * pixels, i -> pixel(outDeltas, i / pixels, i % pixels));
    long deltaChannels =
        CudaProduct.table(memory, filters, f -> f * outDeltas.channelStride());
    gradient =
        new CudaProduct(
            memory,
            new Matrix(outDeltas.address(), deltaChannels, deltaPixels, true),
            new Matrix(in.address(), windows, offsets, false),
            new Matrix(memory.gradients(weights), ofFilters, numbers, true),
            Epilogue.rowSums(memory.gradients(start)));
    backward = inDeltas == null ? null : backward(weights, batch);
  }

  private int windowAt(int image, int pixel) {
    return in.at(
        image,
        0,
        pixel / out.width() * window.stride() - window.top(),
        pixel % out.width() * window.stride() - window.left());
  }

  private static int pixel(CudaMaps maps, int image, int pixel) {
    return maps.at(image, 0, pixel / maps.width(), pixel % maps.width());
  }

  /** Each input takes, of each filter, what the windows that it is in give it. */
  private CudaProduct backward(int weights, int batch) {
    int kernel = window.kernel();
    int square = kernel * kernel;
    int terms = in.channels() * square;
    int products = out.channels() * square;
    int pixels = in.height() * in.width();
    int columns = outDeltas.columns();
    return new CudaProduct(
        memory,
        new Matrix(
            memory.weights(weights),
            CudaProduct.table(memory, in.channels(), c -> c * square),
            CudaProduct.table(memory, products, k -> k / square * terms + k % square),
            true),
        new Matrix(
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
                        + (i % pixels / in.width() + window.top()) * columns
                        + i % in.width()
                        + window.left()),
            true),
        new Matrix(
            inDeltas.address(),
            CudaProduct.table(memory, in.channels(), c -> c * inDeltas.channelStride()),
            CudaProduct.table(memory, batch * pixels, i -> pixel(inDeltas, i / pixels, i % pixels)),
            true),
        Epilogue.none());
  }

  @Override
  void forward(int images, boolean training) {
    forward.launch(out.channels(), images * out.height() * out.width(), terms());
  }

  private int terms() {
    return in.channels() * window.kernel() * window.kernel();
  }

  @Override
  void backward(int images) {
    CudaDense.differentiate(memory, activation, outDeltas, differentiated, images);
    gradient.launch(out.channels(), terms(), images * out.height() * out.width());
    if (backward != null) {
      backward.launch(
          in.channels(),
          images * in.height() * in.width(),
          out.channels() * window.kernel() * window.kernel());
    }
  }
}
