package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.train.engine.stage.DropoutMask;

/** Dropout, with the numbers that the CPU's step draws. */
final class CudaDropout extends CudaLayer {
  /** Null where the layer stays as it is in evaluation. */
  private final DropoutDraws draws;

  /**
   * Where a layer's random numbers are.
   *
   * @param mask draws them
   * @param address on the card, of those of all layers: {@code [steps][ofStep]}
   * @param first of this layer's two among those of a step
   */
  record DropoutDraws(DropoutMask mask, long address, int ofStep, int first) {}

  CudaDropout(CudaMemory memory, CudaLink below, CudaLink above, DropoutDraws draws) {
    super(memory, below, above);
    this.draws = draws;
  }

  private void launch(CudaMaps from, CudaMaps to, int images, boolean masked) {
    KernelArgument argument =
        new KernelArgument()
            .pointers(from.address(), to.address(), memory.control())
            .pointers(draws == null ? 0 : draws.address());
    from.addTo(argument);
    to.addTo(argument);
    boolean drops = masked && draws != null;
    argument
        .ints(images, drops ? draws.ofStep() : 0, drops ? draws.first() : 0)
        .ints(drops ? draws.mask().threshold() : 0, drops ? 1 : 0)
        .floats(drops ? draws.mask().keptFactor() : 1);
    memory.launch("dropout", (long) images * from.units(), argument);
  }

  @Override
  void forward(int images, boolean training) {
    launch(in, out, images, training);
  }

  @Override
  void backward(int images) {
    if (inDeltas != null) {
      launch(outDeltas, inDeltas, images, true);
    }
  }
}
