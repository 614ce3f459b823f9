package io.mnist4j.train.learner;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.data.augment.Augmenter;
import io.mnist4j.model.Tensors;
import io.mnist4j.train.BatchOrder;
import io.mnist4j.train.Mixup;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingTask;
import java.nio.FloatBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Deals the training images out in batches, in a new order each epoch. While one batch is learned
 * from, another thread prepares the next one.
 */
final class Batches implements AutoCloseable {
  private final ImageSet images;
  private final int batchSize;
  private final int classes;
  private final float[][] targets;
  private final RowFiller rowFiller;
  private final boolean augmenting;

  /** Null where images stay by themselves. */
  private final Mixup mixup;

  /** Null where all groups count the same. */
  private final TrainingGroups groups;

  private final BatchOrder batchOrder;
  private final int[] order;
  private final Slot[] slots;
  private final ExecutorService preparer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "batch preparer");
            thread.setDaemon(true);
            return thread;
          });
  private int epoch;
  private int nextIndex = -1;
  private Future<Batch> next;

  /** Writes one image, as it is fed to the network, to a place in a batch. */
  private interface RowFiller {
    void fill(int image, FloatBuffer target, int offset);
  }

  Batches(TrainingTask task) {
    AugmentationSpec augmentation = task.training().augmentation();
    images = task.images();
    batchSize = Math.min(task.training().batchSize(), images.size());
    classes = task.classes();
    targets = task.output().targets(classes);
    augmenting = !augmentation.isOff();
    rowFiller = augmenting ? augmented(augmentation, task.seed()) : plain();
    mixup = Mixup.of(task, batchSize);
    groups = task.groups().filter(TrainingGroups::hasWeights).orElse(null);
    batchOrder = BatchOrder.of(task);
    order = new int[images.size()];
    slots = new Slot[] {new Slot(), new Slot()};
  }

  private RowFiller augmented(AugmentationSpec augmentation, long seed) {
    Augmenter augmenter = new Augmenter(images, augmentation, seed);
    return (image, target, offset) -> augmenter.augment(image, epoch, target, offset);
  }

  private RowFiller plain() {
    float[] row = new float[images.pixelsPerImage()];
    return (image, target, offset) -> {
      Tensors.scale(images, image, row);
      target.put(offset, row);
    };
  }

  int perEpoch() {
    return (images.size() + batchSize - 1) / batchSize;
  }

  /**
   * Shuffles for an epoch. The order depends on the seed and the epoch alone, not on the epochs
   * before.
   */
  void shuffle(int ofEpoch) {
    discardNext();
    epoch = ofEpoch;
    batchOrder.fill(order, ofEpoch);
  }

  /**
   * One batch, 0 to {@link #perEpoch()} - 1; the last one may be smaller. Its arrays are filled
   * again for the batch after the next one.
   */
  Batch get(int index) {
    Batch batch = index == nextIndex ? await(next) : prepare(index);
    nextIndex = -1;
    // Where it computes elsewhere, the numbers there are no longer these.
    Nd4j.getAffinityManager().tagLocation(batch.features(), AffinityManager.Location.HOST);
    Nd4j.getAffinityManager().tagLocation(batch.labels(), AffinityManager.Location.HOST);
    if (index + 1 < perEpoch()) {
      nextIndex = index + 1;
      next = preparer.submit(() -> prepare(index + 1));
    }
    return batch;
  }

  private Batch prepare(int index) {
    Slot slot = slots[index % slots.length];
    int first = index * batchSize;
    int size = Math.min(batchSize, order.length - first);
    int inputs = images.pixelsPerImage();
    IntStream rows = IntStream.range(0, size);
    (augmenting ? rows.parallel() : rows)
        .forEach(row -> rowFiller.fill(order[first + row], slot.featureBuffer, row * inputs));
    for (int row = 0; row < size; row++) {
      slot.labelBuffer.put(row * classes, targets[images.label(order[first + row])]);
    }
    if (mixup != null) {
      mixup.draw(epoch, index, size);
      blend(slot.featureBuffer, size, inputs);
      blend(slot.labelBuffer, size, classes);
    }
    return new Batch(
        rows(slot.features, size), rows(slot.labels, size), size, weights(first, size));
  }

  /** The weights of a batch by the groups of its images; none where all count the same. */
  private double[] weights(int first, int size) {
    if (groups == null) {
      return new double[0];
    }
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      double own = groups.weight(order[first + i]);
      double share = mixup == null ? 1 : mixup.share();
      double other = mixup == null ? 0 : groups.weight(order[first + mixup.partner(i)]);
      weights[i] = share * own + (1 - share) * other;
    }
    return weights;
  }

  /** Blends each row with that of its partner. */
  private void blend(FloatBuffer rows, int count, int length) {
    float[][] unblended = new float[count][length];
    for (int row = 0; row < count; row++) {
      rows.get(row * length, unblended[row]);
    }
    float[] blended = new float[length];
    for (int row = 0; row < count; row++) {
      mixup.blend(unblended[row], unblended[mixup.partner(row)], blended);
      rows.put(row * length, blended);
    }
  }

  private INDArray rows(INDArray array, int size) {
    return size == batchSize
        ? array
        : array.get(NDArrayIndex.interval(0, size), NDArrayIndex.all());
  }

  private void discardNext() {
    if (nextIndex >= 0) {
      await(next);
      nextIndex = -1;
    }
  }

  private static Batch await(Future<Batch> batch) {
    try {
      return batch.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch could not be prepared", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was prepared", e);
    }
  }

  @Override
  public void close() {
    discardNext();
    preparer.shutdown();
  }

  /**
   * @param features {@code [size, inputs]}
   * @param labels {@code [size, classes]}: one-hot, smoothed or blended
   * @param weights {@code [size]} of the images by their groups; empty where all are 1
   */
  record Batch(INDArray features, INDArray labels, int size, double[] weights) {}

  /** The arrays of one batch, for as long as it is in use. */
  private final class Slot {
    final INDArray features =
        Nd4j.createUninitialized(DataType.FLOAT, batchSize, images.pixelsPerImage());
    final INDArray labels = Nd4j.createUninitialized(DataType.FLOAT, batchSize, classes);
    final FloatBuffer featureBuffer = features.data().asNioFloat();
    final FloatBuffer labelBuffer = labels.data().asNioFloat();
  }
}
