package io.mnist4j.experiment;

import io.mnist4j.data.DataSplit;
import io.mnist4j.model.Tensors;
import org.bytedeco.javacpp.Pointer;

/** Whether a run fits into the memory that it may use, asked before it takes any. */
public final class MemoryNeed {
  /** Parameters, gradients, updater state (two for Adam), and copies while they are written. */
  private static final int COPIES_OF_PARAMETERS = 6;

  private static final long MIB = 1L << 20;

  private MemoryNeed() {}

  /**
   * Compares what lies outside the Java heap with JavaCPP's limit for it.
   *
   * @throws ExperimentException if it is too much, or the network does not fit the images
   */
  public static void check(Experiment experiment, DataSplit split) throws ExperimentException {
    long parameters = experiment.modelSummary(split).parameters();
    long bytes =
        Tensors.featureBytes(split.train())
            + (split.validatesOnTest() ? 0 : Tensors.featureBytes(split.validation()))
            + Tensors.featureBytes(split.test())
            + parameters * Float.BYTES * COPIES_OF_PARAMETERS;
    long limit = Pointer.maxBytes();
    if (limit > 0 && bytes > limit) {
      throw new ExperimentException(
          ("this run needs %d MiB outside the Java heap for %s and the network, and the limit is "
                  + "%d MiB; set MNIST4J_OFF_HEAP=%dm")
              .formatted(bytes / MIB + 1, split.dataset().name(), limit / MIB, bytes / MIB + 256));
    }
  }
}
