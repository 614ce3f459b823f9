package io.mnist4j.train;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exponential moving average of a network's parameters, running statistics included: after each
 * step, average = d average + (1 - d) parameters. The decay d of step t is the smaller of the one
 * that is set and (1 + t) / (10 + t), as in TensorFlow's ExponentialMovingAverage, so that the
 * random weights of the beginning are forgotten.
 */
public final class WeightAverage {
  /**
   * Added to an average and taken off again, it makes 0 of one that has fallen for so long that it
   * would become denormal.
   */
  public static final float TINY = 1e-25f;

  private final INDArray values;
  private final double decay;

  private WeightAverage(INDArray values, double decay) {
    this.values = values;
    this.decay = decay;
  }

  /**
   * Begins with a network's parameters.
   *
   * @param decay above 0, below 1
   */
  public static WeightAverage begin(MultiLayerNetwork network, double decay) {
    return new WeightAverage(network.params().dup('c'), decay);
  }

  /**
   * Goes on with an average.
   *
   * @param values {@code [1, parameters]}
   */
  public static WeightAverage of(INDArray values, double decay) {
    return new WeightAverage(values, decay);
  }

  /** {@code [1, parameters]}, in the order of the network's. */
  public INDArray values() {
    return values;
  }

  /** The same numbers, to be read and written. */
  public FloatBuffer buffer() {
    return values.data().asNioFloat();
  }

  /**
   * 1 - d.
   *
   * @param step number of the step that was made, from 1
   */
  public float shareOfNew(int step) {
    return (float) (1 - Math.min(decay, (1.0 + step) / (10.0 + step)));
  }

  /** Takes in a network's parameters after a step. */
  public void add(MultiLayerNetwork network) {
    float share = shareOfNew(network.getIterationCount());
    values.addi(network.params().sub(values).muli(share)).addi(TINY).subi(TINY);
  }

  /** Exchanges it for a network's parameters. */
  public void swap(MultiLayerNetwork network) {
    INDArray parameters = network.params().dup();
    network.params().assign(values);
    values.assign(parameters);
  }
}
