package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;

/** Softmax between two layers, on flat rows. */
final class CudaSoftmax extends CudaLayer {
  CudaSoftmax(CudaMemory memory, CudaLink below, CudaLink above) {
    super(memory, below, above);
  }

  private void launch(CudaMaps from, long deltas, CudaMaps to, int images, int backward) {
    KernelArgument argument = new KernelArgument().pointers(from.address(), deltas, to.address());
    memory.launch("softmax", images, argument.ints(images, in.units(), backward));
  }

  @Override
  void forward(int images, boolean training) {
    launch(in, 0, out, images, 0);
  }

  @Override
  void backward(int images) {
    if (inDeltas != null) {
      launch(out, outDeltas.address(), inDeltas, images, 1);
    }
  }
}
