package io.mnist4j.train.engine.cuda;

/**
 * A layer on the card: it has its kernels run, for a batch of some images, in either direction. Its
 * parameters lie where the network's do.
 */
abstract sealed class CudaLayer
    permits CudaDense, CudaConvolution, CudaPooling, CudaBatchnorm, CudaDropout, CudaSoftmax {
  final CudaMemory memory;

  /** What goes in and comes out. */
  final CudaMaps in;

  final CudaMaps out;

  /** The derivative of the loss by what goes in; null where nothing below learns. */
  final CudaMaps inDeltas;

  final CudaMaps outDeltas;

  /**
   * Two ends of a layer.
   *
   * @param deltas null where nobody needs them
   * @param sums of a layer's outputs before an activation whose derivative needs them, as the
   *     values lie; null for others
   */
  record CudaLink(CudaMaps values, CudaMaps deltas, CudaMaps sums) {}

  /**
   * Where a layer stands.
   *
   * @param start of its parameters in the network's
   * @param room the most images at once
   * @param batch the most images that are learned from at once
   */
  record CudaPlace(int start, int room, int batch) {}

  CudaLayer(CudaMemory memory, CudaLink below, CudaLink above) {
    this.memory = memory;
    in = below.values();
    inDeltas = below.deltas();
    out = above.values();
    outDeltas = above.deltas();
  }

  /** Computes the outputs of a batch. */
  abstract void forward(int images, boolean training);

  /** Computes the gradients of the parameters, and the derivative by what went in. */
  abstract void backward(int images);
}
