package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.eval.ForwardPass;
import io.mnist4j.model.ModelSummary;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.train.engine.FusedLearner;
import io.mnist4j.train.engine.kernels.MapKernels;
import io.mnist4j.train.learner.ResidentLearner;
import org.bytedeco.javacpp.Pointer;

/** Whether a run fits into the memory that it may use, asked before it takes any. */
public final class MemoryEstimate {
  /** Parameters, gradients, updater state (two for Adam), and copies while they are written. */
  private static final int COPIES_OF_PARAMETERS = 6;

  /** What goes from layer to layer for a batch, and the derivatives by it. */
  private static final int COPIES_OF_VALUES = 2;

  /** What a run may take of the Java heap for this; the rest is for everything else. */
  private static final double USABLE_HEAP = 0.8;

  private static final long MIB = 1L << 20;

  private MemoryEstimate() {}

  /**
   * Compares all that a training takes with what there is for it.
   *
   * @param backend started, or chosen and about to be
   * @throws ConfigException if it is too much, or the network does not fit the images
   * @throws BackendException if it is too much for the graphics cards
   */
  public static void checkAll(TrainingInputs inputs, Backend backend)
      throws ConfigException, BackendException {
    check(inputs);
    checkHeap(inputs, backend);
    checkOnDevice(inputs, backend);
  }

  /**
   * Compares what lies outside the Java heap with JavaCPP's limit for it.
   *
   * @throws ConfigException if it is too much, or the network does not fit the images
   */
  static void check(TrainingInputs inputs) throws ConfigException {
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
   * Compares the feature maps with the limit of the Java heap, where the CPU trains.
   *
   * @throws ConfigException if they are too much, or the network does not fit the images
   */
  static void checkHeap(TrainingInputs inputs, Backend backend) throws ConfigException {
    long maps = backend.isGpu() ? 0 : featureMapBytes(inputs);
    long bytes = maps + 2L * inputs.images().train().pixels().length;
    if (maps > 0 && !fitsHeap(bytes)) {
      throw new ConfigException(
          ("this run needs %d MiB of Java heap for %s and the feature maps of %d images at once, and"
                  + " the limit is %d MiB; set MNIST4J_HEAP=%dm, or a smaller training.batch-size")
              .formatted(
                  bytes / MIB + 1,
                  inputs.images().dataset().name(),
                  imagesLearnedAtOnce(inputs),
                  Runtime.getRuntime().maxMemory() / MIB,
                  (long) (bytes / USABLE_HEAP) / MIB + 1));
    }
  }

  /** Whether there is room for them in the Java heap, beside everything else. */
  static boolean fitsHeap(long bytes) {
    return bytes <= USABLE_HEAP * Runtime.getRuntime().maxMemory();
  }

  /**
   * Compares it with what is free on the graphics cards, where those were chosen.
   *
   * @throws ConfigException if the network does not fit the images
   * @throws BackendException if it is too much
   */
  static void checkOnDevice(TrainingInputs inputs, Backend backend)
      throws ConfigException, BackendException {
    if (backend.isGpu() && inputs.experiment().training().privacy().isOn()) {
      throw new BackendException(
          "a private training is computed by the CPU alone, and the GPU was asked for");
    }
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
    boolean maps = model.rows().stream().anyMatch(row -> row.output() instanceof Shape.Image);
    int atOnce = Math.max(ForwardPass.imagesAtOnce(maps), imagesLearnedAtOnce(inputs));
    int average = inputs.experiment().training().ema() > 0 ? 1 : 0;
    return Float.BYTES
        * (model.parameters() * (COPIES_OF_PARAMETERS + average)
            + atOnce * valuesOfImage * COPIES_OF_VALUES);
  }

  private static int imagesLearnedAtOnce(TrainingInputs inputs) {
    return FusedLearner.imagesAtOnce(
        inputs.experiment().training(), inputs.images().train().size());
  }

  /**
   * What the layers on images take of the Java heap: their outputs and the derivatives by these.
   *
   * @throws ConfigException if the network does not fit the images
   */
  public static long featureMapBytes(TrainingInputs inputs) throws ConfigException {
    return featureMapBytes(inputs.modelSummary(), imagesLearnedAtOnce(inputs));
  }

  /**
   * The same for any network.
   *
   * @param atOnce images that are learned from or evaluated at once
   */
  static long featureMapBytes(ModelSummary model, int atOnce) {
    long numbers = 0;
    for (ModelSummary.LayerRow row : model.rows()) {
      if (row.output() instanceof Shape.Image maps) {
        long pixels = (long) maps.height() * maps.width();
        numbers += pixels * MapKernels.roundUp(maps.channels());
      }
    }
    return numbers * atOnce * COPIES_OF_VALUES * Float.BYTES;
  }

  /** What all of the process may take outside the Java heap. */
  public static long offHeapLimit() {
    return Pointer.maxBytes() > 0 ? Pointer.maxBytes() : Long.MAX_VALUE;
  }
}
