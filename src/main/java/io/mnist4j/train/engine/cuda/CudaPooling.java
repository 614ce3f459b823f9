package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;

/** Takes the largest number, or the mean, of each square. */
final class CudaPooling extends CudaLayer {
  private final int kernel;
  private final int stride;
  private final boolean mean;

  CudaPooling(
      CudaMemory memory, CudaLink below, CudaLink above, int kernel, int stride, boolean mean) {
    super(memory, below, above);
    this.kernel = kernel;
    this.stride = stride;
    this.mean = mean;
  }

  private void launch(String name, int images, CudaMaps threads) {
    KernelArgument argument = ends().ints(images, kernel, stride, mean ? 1 : 0);
    memory.launch(name, (long) images * threads.units(), argument);
  }

  @Override
  void forward(int images, boolean training) {
    launch("pool", images, out);
  }

  @Override
  void backward(int images) {
    if (inDeltas != null) {
      launch("pool_backward", images, in);
    }
  }
}
