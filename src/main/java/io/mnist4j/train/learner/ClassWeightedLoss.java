package io.mnist4j.train.learner;

import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.TrainingTask;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss in which the images of some classes or groups count for more. DL4J's own losses take
 * weights of the outputs, which is another thing where more outputs than the image's class matter;
 * and the mask of the labels, by which they could multiply, DL4J multiplies the sums of the outputs
 * by as well.
 *
 * <p>It is the network's for one step at a time, so that files name DL4J's loss.
 */
final class ClassWeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1;

  private final transient ILossFunction loss;

  /** {@code [classes, 1]}; an image's weight is the product of its targets with it, plus this. */
  private final transient INDArray slope;

  private final double offset;

  /** {@code [n, 1]} of the images of the step by their groups; null where all are 1. */
  private final transient INDArray imageWeights;

  private ClassWeightedLoss(
      ILossFunction loss, INDArray slope, double offset, INDArray imageWeights) {
    this.loss = loss;
    this.slope = slope;
    this.offset = offset;
    this.imageWeights = imageWeights;
  }

  /** The weights of a training, for any network that has a part in it. */
  static final class ClassWeights {
    private final INDArray slope;
    private final double offset;

    /** The weight of a target between two classes lies between theirs. */
    ClassWeights(TrainingTask task) {
      List<Double> weights = task.classWeights();
      OutputSpec output = task.output();
      double others = output.targetOfOthers(task.classes());
      double range = output.targetOfLabel(task.classes()) - others;
      float[][] slopes = new float[weights.size()][1];
      double sum = 0;
      for (int c = 0; c < slopes.length; c++) {
        slopes[c][0] = (float) (weights.get(c) / range);
        sum += weights.get(c);
      }
      slope = slopes.length == 0 ? null : Nd4j.createFromArray(slopes);
      offset = -others / range * sum;
    }

    /**
     * Makes a step by the weighted loss.
     *
     * @param imageWeights of the images of the step by their groups; empty where all are 1
     */
    void apply(MultiLayerNetwork network, double[] imageWeights, Runnable step) {
      if (slope == null && imageWeights.length == 0) {
        step.run();
        return;
      }
      BaseOutputLayer output = (BaseOutputLayer) network.getOutputLayer().conf().getLayer();
      ILossFunction stock = output.getLossFn();
      INDArray ofImages =
          imageWeights.length == 0
              ? null
              : Nd4j.createFromArray(imageWeights).reshape(imageWeights.length, 1);
      output.setLossFn(new ClassWeightedLoss(stock, slope, offset, ofImages));
      try {
        step.run();
      } finally {
        output.setLossFn(stock);
      }
    }
  }

  private INDArray weighted(INDArray rows, INDArray labels) {
    INDArray all = rows;
    if (slope != null) {
      INDArray weights = labels.castTo(slope.dataType()).mmul(slope).addi(offset);
      all = all.muliColumnVector(weights.castTo(rows.dataType()));
    }
    return imageWeights == null ? all : all.muliColumnVector(imageWeights.castTo(rows.dataType()));
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask, boolean average) {
    double score = computeScoreArray(labels, sums, activation, mask).sumNumber().doubleValue();
    return average ? score / labels.size(0) : score;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    INDArray scores = loss.computeScoreArray(labels, sums, activation, mask);
    return weighted(scores.reshape(labels.size(0), 1), labels);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    return weighted(loss.computeGradient(labels, sums, activation, mask), labels);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, sums, activation, mask, average),
        computeGradient(labels, sums, activation, mask));
  }

  @Override
  public String name() {
    return "class-weighted " + loss.name();
  }
}
