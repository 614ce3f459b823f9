package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

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

  /** What the activation takes, where its derivative needs that; null elsewhere. */
  private final CudaMaps sums;

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
    sums = above.sums();
  }

  /** Computes the outputs of a batch. */
  abstract void forward(int images, boolean training);

  /** Computes the gradients of the parameters, and the derivative by what went in. */
  abstract void backward(int images);

  /** Where the sums go; 0 where nobody needs them. */
  final long sumsAddress() {
    return sums == null ? 0 : sums.address();
  }

  /** Makes the derivative by the sums of that by the outputs. */
  final void differentiate(ElementwiseActivation activation, int images) {
    if (activation.isIdentity()) {
      return;
    }
    CudaMaps values = sums == null ? out : sums;
    KernelArgument argument = new KernelArgument().pointers(outDeltas.address(), values.address());
    outDeltas.addTo(argument);
    values.addTo(argument);
    argument.ints(images, KernelCodes.of(activation.name()));
    memory.launch("differentiate", (long) images * outDeltas.units(), argument);
  }

  /**
   * The beginning of an argument: where the four ends of the layer are, and how they lie. An end
   * that is missing is not read.
   *
   * @param more addresses after those of the ends
   */
  final KernelArgument ends(long... more) {
    CudaMaps outs = outDeltas == null ? out : outDeltas;
    CudaMaps ins = inDeltas == null ? in : inDeltas;
    KernelArgument argument =
        new KernelArgument()
            .pointers(in.address(), out.address(), outs.address())
            .pointers(inDeltas == null ? 0 : inDeltas.address())
            .pointers(more);
    in.addTo(argument);
    out.addTo(argument);
    outs.addTo(argument);
    ins.addTo(argument);
    return argument;
  }
}
