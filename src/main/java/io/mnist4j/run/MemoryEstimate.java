package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.eval.ForwardPass;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.train.learner.ResidentLearner;
import org.bytedeco.javacpp.Pointer;

/** Whether a run fits into the memory that it may use, asked before it takes any. */
public final class MemoryEstimate {
  /** Parameters, gradients, updater state (two for Adam), and copies while they are written. */
  private static final int COPIES_OF_PARAMETERS = 6;

  /** What goes from layer to layer for a batch, and the derivatives by it. */
  private static final int COPIES_OF_VALUES = 2;

  private static final long MIB = 1L << 20;

  private MemoryEstimate() {}

  /**
   * Compares what lies outside the Java heap with JavaCPP's limit for it.
   *
   * @throws ConfigException if it is too much, or the network does not fit the images
   */
  public static void check(TrainingInputs inputs) throws ConfigException {
    long bytes = offHeapBytes(inputs);
    long limit = offHeapLimit();
    if (bytes > limit) {
      throw new ConfigException(
          ("this run needs %d MiB outside the Java heap for %s and the network, and the limit is "
                  + "%d MiB; set MNIST4J_OFF_HEAP=%dm")
              .formatted(
                  bytes / MIB + 1,
                  inputs.images().dataset().name(),
                  limit / MIB,
                  bytes / MIB + 256));
    }
  }

  /**
   * Compares it with what is free on the graphics cards, where those were chosen.
   *
   * @throws ConfigException if the network does not fit the images
   * @throws BackendException if it is too much
   */
  public static void checkOnDevice(TrainingInputs inputs, Backend backend)
      throws ConfigException, BackendException {
    DataSplit images = inputs.images();
    backend.requireMemory(
        offHeapBytes(inputs) + ResidentLearner.bytes(images.train(), images.classes()));
  }

  /**
   * What a training needs outside the Java heap.
   *
   * @throws ConfigException if the network does not fit the images
   */
  public static long offHeapBytes(TrainingInputs inputs) throws ConfigException {
    ModelSummary model = inputs.modelSummary();
    long valuesOfImage =
        model.input().size() + model.rows().stream().mapToLong(row -> row.output().size()).sum();
    int batch = inputs.experiment().training().batchSize();
    long images = Math.max(ForwardPass.BATCH, Math.min(batch, inputs.images().train().size()));
    return Float.BYTES
        * (model.parameters() * COPIES_OF_PARAMETERS + images * valuesOfImage * COPIES_OF_VALUES);
  }

  /** What all of the process may take outside the Java heap. */
  public static long offHeapLimit() {
    return Pointer.maxBytes() > 0 ? Pointer.maxBytes() : Long.MAX_VALUE;
  }
}
