package io.mnist4j.train;

import io.mnist4j.data.ImageSet;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Deals the training images out in batches, in a new order each epoch. The arrays of a batch are
 * filled again for the next one.
 */
final class Batches {
  /** 2^64 / golden ratio: multiples of it lie far apart, so that no two epochs share a seed. */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final INDArray allFeatures;
  private final FloatBuffer allFeatureBuffer;
  private final ImageSet images;
  private final int batchSize;
  private final int classes;
  private final long seed;
  private final int[] order;
  private final INDArray features;
  private final INDArray labels;
  private final FloatBuffer featureBuffer;
  private final FloatBuffer labelBuffer;

  /**
   * @param allFeatures {@code [n, inputs]}
   * @param images whose labels those are
   */
  Batches(INDArray allFeatures, ImageSet images, int batchSize, int classes, long seed) {
    this.allFeatures = allFeatures;
    this.allFeatureBuffer = allFeatures.data().asNioFloat();
    this.images = images;
    this.batchSize = Math.min(batchSize, images.size());
    this.classes = classes;
    this.seed = seed;
    this.order = new int[images.size()];
    this.features =
        Nd4j.createUninitialized(DataType.FLOAT, this.batchSize, images.pixelsPerImage());
    this.labels = Nd4j.create(DataType.FLOAT, this.batchSize, classes);
    this.featureBuffer = features.data().asNioFloat();
    this.labelBuffer = labels.data().asNioFloat();
  }

  int perEpoch() {
    return (images.size() + batchSize - 1) / batchSize;
  }

  /**
   * Shuffles for an epoch. The order depends on the seed and the epoch alone, not on the epochs
   * before.
   */
  void shuffle(int epoch) {
    SplittableRandom random = new SplittableRandom(seed + epoch * GOLDEN_GAMMA);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /** Gathers one batch, 0 to {@link #perEpoch()} - 1; the last one may be smaller. */
  Batch get(int batch) {
    int first = batch * batchSize;
    int size = Math.min(batchSize, order.length - first);
    int inputs = images.pixelsPerImage();
    try {
      for (int row = 0; row < size; row++) {
        int image = order[first + row];
        featureBuffer.put(row * inputs, allFeatureBuffer, image * inputs, inputs);
        for (int c = 0; c < classes; c++) {
          labelBuffer.put(row * classes + c, c == images.label(image) ? 1 : 0);
        }
      }
    } finally {
      // A buffer alone does not keep the memory behind it: ND4J frees that with the array.
      Reference.reachabilityFence(allFeatures);
    }
    return new Batch(rows(features, size), rows(labels, size), size);
  }

  private INDArray rows(INDArray array, int size) {
    return size == batchSize
        ? array
        : array.get(NDArrayIndex.interval(0, size), NDArrayIndex.all());
  }

  /**
   * @param features {@code [size, inputs]}
   * @param labels {@code [size, classes]}, one-hot
   */
  record Batch(INDArray features, INDArray labels, int size) {}
}
