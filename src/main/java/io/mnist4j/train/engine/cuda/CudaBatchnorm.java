package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.model.layers.Batchnorm;

/** Batch normalisation, per channel of an image or per unit of a row. */
final class CudaBatchnorm extends CudaLayer {
  private final Batchnorm spec;
  private final int start;
  private final boolean frozen;
  private final long statistics;

  /**
   * @param start of the layer's parameters in the network's
   */
  CudaBatchnorm(
      CudaMemory memory,
      CudaLink below,
      CudaLink above,
      Batchnorm spec,
      int start,
      boolean frozen) {
    super(memory, below, above);
    this.spec = spec;
    this.start = start;
    this.frozen = frozen;
    statistics = memory.floats(new float[2 * in.channels()]);
  }

  private void launch(String name, int images, boolean training) {
    CudaMaps outs = outDeltas == null ? out : outDeltas;
    CudaMaps ins = inDeltas == null ? in : inDeltas;
    KernelArgument argument =
        new KernelArgument()
            .pointers(in.address(), out.address(), outs.address())
            .pointers(inDeltas == null ? 0 : ins.address())
            .pointers(memory.weights(start), memory.gradients(start), statistics);
    in.addTo(argument);
    out.addTo(argument);
    outs.addTo(argument);
    ins.addTo(argument);
    argument.ints(images, training ? 1 : 0).floats(spec.momentum(), spec.epsilon());
    memory.context().launch(name, in.channels(), 1, 1, argument);
  }

  @Override
  void forward(int images, boolean training) {
    launch("batchnorm", images, training && !frozen);
  }

  @Override
  void backward(int images) {
    launch("batchnorm_backward", images, true);
  }
}
