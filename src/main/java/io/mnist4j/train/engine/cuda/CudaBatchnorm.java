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
    KernelArgument argument =
        ends(memory.weights(start), memory.gradients(start), statistics)
            .ints(images, training ? 1 : 0)
            .floats(spec.momentum(), spec.epsilon());
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
