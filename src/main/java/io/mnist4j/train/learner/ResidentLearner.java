package io.mnist4j.train.learner;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.BatchOrder;
import io.mnist4j.train.TrainingGroups;
import io.mnist4j.train.TrainingTask;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * DL4J's own step on images that all lie where it computes, a graphics card above all: they are
 * copied there once and put in order there once an epoch; a batch is a view of that. The one number
 * that comes back from a step is the loss, which DL4J reads.
 */
public final class ResidentLearner extends NetworkLearner {
  private final BatchOrder batchOrder;

  /** Null where all groups count the same. */
  private final TrainingGroups groups;

  private final int batchSize;
  private final int[] order;
  private final INDArray features;
  private final INDArray targets;
  private final INDArray orderedFeatures;
  private final INDArray orderedTargets;

  /**
   * @param task without augmentation
   */
  public ResidentLearner(TrainingTask task) {
    super(task);
    ImageSet images = task.images();
    batchOrder = BatchOrder.of(task);
    groups = task.groups().filter(TrainingGroups::hasWeights).orElse(null);
    batchSize = Math.min(task.training().batchSize(), images.size());
    order = new int[images.size()];
    features = onDevice(Tensors.features(images));
    targets = onDevice(targets(images, task.classes(), task.output()));
    orderedFeatures = Nd4j.createUninitialized(DataType.FLOAT, features.shape());
    orderedTargets = Nd4j.createUninitialized(DataType.FLOAT, targets.shape());
  }

  /**
   * The memory that the images take where it computes.
   *
   * @param images to learn from
   */
  public static long bytes(ImageSet images, int classes) {
    return 2L * Float.BYTES * images.size() * (images.pixelsPerImage() + classes);
  }

  private static INDArray targets(ImageSet images, int classes, OutputSpec output) {
    float[][] ofLabels = output.targets(classes);
    float[][] rows = new float[images.size()][];
    for (int image = 0; image < rows.length; image++) {
      rows[image] = ofLabels[images.label(image)];
    }
    return Nd4j.createFromArray(rows);
  }

  private static INDArray onDevice(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.DEVICE);
    return array;
  }

  @Override
  public void shuffle(int epoch) {
    batchOrder.fill(order, epoch);
    try (INDArray indices = Nd4j.createFromArray(order)) {
      gather(features, indices, orderedFeatures);
      gather(targets, indices, orderedTargets);
    }
  }

  private static void gather(INDArray rows, INDArray indices, INDArray ordered) {
    Nd4j.exec(
        DynamicCustomOp.builder("gather")
            .addInputs(rows, indices)
            .addOutputs(ordered)
            .addIntegerArguments(0)
            .build());
  }

  @Override
  public StepResult trainBatch(int batch, double rate, long stepSeed) {
    optimizer.setLearningRate(rate);
    Nd4j.getRandom().setSeed(stepSeed);
    int first = batch * batchSize;
    int last = Math.min(first + batchSize, order.length);
    double[] weights =
        groups == null
            ? new double[0]
            : IntStream.range(first, last).mapToDouble(i -> groups.weight(order[i])).toArray();
    fit(rows(orderedFeatures, first, last), rows(orderedTargets, first, last), weights);
    return optimizer.result(last - first);
  }

  private static INDArray rows(INDArray array, int first, int last) {
    return array.get(NDArrayIndex.interval(first, last), NDArrayIndex.all());
  }

  @Override
  public void close() {
    for (INDArray array : new INDArray[] {features, targets, orderedFeatures, orderedTargets}) {
      array.close();
    }
    super.close();
  }
}
