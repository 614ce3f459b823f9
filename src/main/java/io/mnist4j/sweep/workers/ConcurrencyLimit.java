package io.mnist4j.sweep.workers;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.MemoryEstimate;
import io.mnist4j.run.TrainingInputs;
import io.mnist4j.sweep.search.SweepSettings;
import java.util.List;

/** How many trials this machine can run at once, asked before the first one. */
public final class ConcurrencyLimit {
  /** The data set, a split of it, and that without its empty pixels, 6 bytes for each other one. */
  private static final double COPIES_OF_IMAGES = 3.5;

  /** Weights, gradients and up to three states, where the fused step keeps them on the heap. */
  private static final int COPIES_OF_PARAMETERS = 5;

  /** Order of the images, predictions, buffers of the JVM's own. */
  private static final long BYTES_OF_TRIAL = 16L << 20;

  private static final double USABLE_HEAP = 0.85;
  private static final long MIB = 1L << 20;

  private ConcurrencyLimit() {}

  /**
   * The number of trials at once: what the sweep asks for, or as many as there are cores for and
   * memory allows.
   *
   * @param cores that may compute, from 1
   * @param experiments that stand for all that may come: the largest of them counts
   * @throws ConfigException if memory does not allow what is asked for, or a network does not fit
   *     the images
   */
  public static int trialsAtOnce(
      SweepSettings settings, int cores, List<Experiment> experiments, TrialImages images)
      throws ConfigException {
    long offHeap = 0;
    long heap = 0;
    for (Experiment experiment : experiments) {
      TrainingInputs inputs = images.of(experiment);
      offHeap = Math.max(offHeap, MemoryEstimate.offHeapBytes(inputs));
      long copies = COPIES_OF_PARAMETERS * inputs.modelSummary().parameters();
      heap = Math.max(heap, Float.BYTES * copies + MemoryEstimate.featureMapBytes(inputs));
    }
    heap += BYTES_OF_TRIAL;
    long shared =
        (long) (COPIES_OF_IMAGES * images.dataset().train().pixels().length)
            + images.dataset().test().pixels().length;
    long heapLeft = (long) (USABLE_HEAP * Runtime.getRuntime().maxMemory()) - shared;
    long fit = Math.min(heapLeft / heap, MemoryEstimate.offHeapLimit() / Math.max(1, offHeap));
    int asked = settings.parallelTrials().orElse(Math.max(1, cores / settings.threads()));
    if (fit >= asked) {
      return asked;
    }
    if (fit < 1 || settings.parallelTrials().isPresent()) {
      throw new ConfigException(
          ("parallel: %d trials at once need %d MiB of Java heap and %d MiB outside it, and the"
                  + " limits are %d and %d MiB; set MNIST4J_HEAP and MNIST4J_OFF_HEAP, or parallel"
                  + " to fewer")
              .formatted(
                  asked,
                  (shared + asked * heap) / MIB + 1,
                  asked * offHeap / MIB + 1,
                  (long) (USABLE_HEAP * Runtime.getRuntime().maxMemory()) / MIB,
                  MemoryEstimate.offHeapLimit() / MIB));
    }
    return (int) fit;
  }
}
