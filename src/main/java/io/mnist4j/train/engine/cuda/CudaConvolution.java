package io.mnist4j.train.engine.cuda;

import io.mnist4j.train.engine.cuda.CudaProduct.CudaMatrix;
import io.mnist4j.train.engine.cuda.CudaProduct.Epilogue;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

/**
 * A convolution, as products of its filters with windows that are never laid out: the tables of the
 * products say where their numbers lie. Its biases come first, then the weights {@code [filters,
 * channels, kernel, kernel]}.
 */
final class CudaConvolution extends CudaLayer {
  private final ElementwiseActivation activation;
  private final CudaMaps differentiated;
  private final ConvolutionWindow window;
  private final CudaProduct forward;
  private final CudaProduct gradient;
  private final CudaProduct backward;

  /**
   * How windows lie.
   *
   * @param top rows of zeros above the image; left: columns likewise
   */
  record ConvolutionWindow(int kernel, int stride, int top, int left) {}

  CudaConvolution(
      CudaMemory memory,
      CudaLink below,
      CudaLink above,
      ConvolutionWindow window,
      ElementwiseActivation activation,
      CudaPlace place) {
    super(memory, below, above);
    int start = place.start();
    int room = place.room();
    int batch = place.batch();
    this.window = window;
    this.activation = activation;
    differentiated = activation.needsSums() ? above.sums() : out;
    int filters = out.channels();
    int square = window.kernel() * window.kernel();
    int terms = in.channels() * square;
    int weights = start + filters;
    int pixels = out.height() * out.width();
    int corner = in.at(0, 0, 0, 0);
    long windows = CudaProduct.table(memory, room * pixels, i -> windowAt(i / pixels, i % pixels));
    long offsets =
        CudaProduct.table(
            memory,
            terms,
            k -> in.at(0, k / square, k % square / window.kernel(), k % window.kernel()) - corner);
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
                memory.weights(start),
                true,
                activation.needsSums() ? above.sums().address() : 0,
                0,
                0,
                KernelCodes.of(activation.name())));
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
                        + (i % pixels / in.width() + window.top()) * columns
                        + i % in.width()
                        + window.left()),
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
