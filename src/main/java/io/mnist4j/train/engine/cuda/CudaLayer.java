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
   */
  record Link(CudaMaps values, CudaMaps deltas) {}

  CudaLayer(CudaMemory memory, Link below, Link above) {
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
