package io.mnist4j.train.engine;

import io.mnist4j.train.WeightAverage;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.nio.FloatBuffer;

/**
 * The running average of the parameters of a network that the fused step trains: those of a {@link
 * SparseLayer} where that has its weights, the others in the order of the network's.
 */
final class FusedAverage {
  private final WeightAverage average;
  private final FloatBuffer averages;
  private final FloatBuffer parameters;

  /** Null where the front works on the network's own arrays. */
  private final SparseLayer sparse;

  /** The first parameter that is not the sparse layer's. */
  private final int first;

  FusedAverage(WeightAverage average, FlatArrays arrays, NetworkFront front) {
    this.average = average;
    averages = average.buffer();
    parameters = arrays.parameterBuffer;
    sparse = front instanceof SparseLayer layer ? layer : null;
    first = sparse == null ? 0 : sparse.parameters();
    if (sparse != null) {
      sparse.beginAverage(averages);
    }
  }

  /**
   * Takes in the parameters after a step.
   *
   * @param step from 1
   */
  void add(WorkerPool workers, Scratch[] scratch, int step) {
    float share = average.shareOfNew(step);
    if (sparse != null) {
      sparse.addToAverage(workers, share);
    }
    int count = parameters.capacity() - first;
    workers.run(
        (count + Scratch.LENGTH - 1) / Scratch.LENGTH,
        (part, worker) -> {
          float[] weights = scratch[worker].values;
          float[] means = scratch[worker].deltas;
          int start = first + part * Scratch.LENGTH;
          int length = Math.min(Scratch.LENGTH, parameters.capacity() - start);
          parameters.get(start, weights, 0, length);
          averages.get(start, means, 0, length);
          add(weights, means, length, share);
          averages.put(start, means, 0, length);
        });
  }

  /** Moves some averages by a share of their way to the weights. */
  static void add(float[] weights, float[] averages, int count, float share) {
    for (int i = 0; i < count; i++) {
      averages[i] =
          averages[i]
              + share * (weights[i] - averages[i])
              + WeightAverage.TINY
              - WeightAverage.TINY;
    }
  }

  /** Exchanges the parameters that the stages compute with for their average. */
  void swap() {
    if (sparse != null) {
      sparse.swapAverage();
    }
    for (int i = first; i < parameters.capacity(); i++) {
      float weight = parameters.get(i);
      parameters.put(i, averages.get(i));
      averages.put(i, weight);
    }
  }

  /** Brings the average up to date where it is kept elsewhere. */
  void sync() {
    if (sparse != null) {
      sparse.copyAverage(averages);
    }
  }
}
