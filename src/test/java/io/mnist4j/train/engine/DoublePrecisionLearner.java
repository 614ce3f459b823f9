package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.Predictions;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.EpochOrder;
import io.mnist4j.train.Learner;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.learner.Optimizer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.DropOutInverted;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's step in double precision, by which those in single precision are measured: it rounds to
 * 1e-16 where they round to 6e-8, and is given the same numbers.
 */
final class DoublePrecisionLearner implements Learner {
  private final MultiLayerNetwork network;
  private final ImageSet images;
  private final float[][] targets;
  private final long seed;
  private final int batchSize;
  private final int[] order;
  private final Optimizer optimizer;

  /**
   * @param start the network in single precision, which stays as it is; not augmented
   */
  DoublePrecisionLearner(
      MultiLayerNetwork start, ImageSet images, OutputSpec output, TrainingSpec spec, long seed) {
    network = start.convertDataType(DataType.DOUBLE);
    this.images = images;
    this.seed = seed;
    targets = output.targets(start.layerSize(start.getnLayers() - 1));
    batchSize = Math.min(spec.batchSize(), images.size());
    order = new int[images.size()];
    for (Layer layer : network.getLayers()) {
      if (layer.conf().getLayer() instanceof DropoutLayer dropout) {
        dropout.setIDropout(new SinglePrecisionMask(((Dropout) dropout.getIDropout()).getP()));
      }
    }
    optimizer = Optimizer.attach(network, spec);
  }

  MultiLayerNetwork network() {
    return network;
  }

  @Override
  public void shuffle(int epoch) {
    EpochOrder.shuffle(order, seed, epoch);
  }

  @Override
  public StepResult trainBatch(int batch, double rate, long stepSeed) {
    optimizer.setLearningRate(rate);
    Nd4j.getRandom().setSeed(stepSeed);
    int first = batch * batchSize;
    float[][] features = new float[Math.min(batchSize, order.length - first)][];
    float[][] labels = new float[features.length][];
    for (int i = 0; i < features.length; i++) {
      features[i] = new float[images.pixelsPerImage()];
      Tensors.scale(images, order[first + i], features[i]);
      labels[i] = targets[images.label(order[first + i])];
    }
    network.fit(inDoublePrecision(features), inDoublePrecision(labels));
    return optimizer.result(features.length);
  }

  private static INDArray inDoublePrecision(float[][] rows) {
    return Nd4j.createFromArray(rows).castTo(DataType.DOUBLE);
  }

  @Override
  public Predictions predict(ImageSet others) {
    throw new UnsupportedOperationException("it only trains");
  }

  @Override
  public void syncParameters() {}

  @Override
  public void setThreads(int threads) {}

  @Override
  public void close() {}

  /** Drops what is dropped in single precision: in double precision other numbers are drawn. */
  private static final class SinglePrecisionMask implements IDropout {
    private static final long serialVersionUID = 1;

    private final double keepProbability;
    private transient INDArray mask;

    SinglePrecisionMask(double keepProbability) {
      this.keepProbability = keepProbability;
    }

    @Override
    public INDArray applyDropout(
        INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
      INDArray drawn = Nd4j.ones(DataType.FLOAT, input.shape());
      Nd4j.getExecutioner().exec(new DropOutInverted(drawn, drawn, keepProbability));
      mask = drawn.gt(0).castTo(DataType.DOUBLE).divi(keepProbability).detach();
      return result.assign(input.mul(mask));
    }

    @Override
    public INDArray backprop(INDArray gradient, INDArray result, int iteration, int epoch) {
      return result.assign(gradient.mul(mask));
    }

    @Override
    public void clear() {
      mask = null;
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public IDropout clone() {
      return new SinglePrecisionMask(keepProbability);
    }
  }
}
