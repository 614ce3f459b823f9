package io.mnist4j.model.export;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.PixelInput;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Reads the steps off a DL4J network. */
final class Planner {
  private final TrainedModel model;
  private final List<ExportStep> steps = new ArrayList<>();

  /** What the last step gives: an image has channels above 0. */
  private int height;

  private int width;
  private int channels;

  /**
   * Where each number of a row, in the order of {@link ExportStep.FlattenStep}, is in the network's
   * own; null where that is the same.
   */
  private int[] ownOrder;

  private Planner(TrainedModel model) {
    this.model = model;
    this.height = model.provenance().height();
    this.width = model.provenance().width();
  }

  /**
   * @throws ModelException if a layer has no equal in other formats; the message names it
   */
  static Plan plan(TrainedModel model) throws ModelException {
    return new Planner(model).plan();
  }

  private Plan plan() throws ModelException {
    MultiLayerNetwork network = model.network();
    InputRange range = InputRange.UNIT;
    for (int i = 0; i < network.getnLayers(); i++) {
      InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
      if (before instanceof PixelInput input) {
        range = input.effectiveRange();
        switch (input.layout().order()) {
          case FLAT -> {}
          case NCHW, NHWC -> toImage();
        }
        before = input.next();
      }
      if (before != null) {
        reshape(before);
      }
      add(i, network.getLayer(i));
    }
    return new Plan(
        model.provenance().height(),
        model.provenance().width(),
        range,
        steps,
        model.provenance().labels().size());
  }

  private void toImage() {
    channels = 1;
    steps.add(new ExportStep.ToImage(name("image")));
  }

  private void reshape(InputPreProcessor before) throws ModelException {
    if (before instanceof FeedForwardToCnnPreProcessor && steps.isEmpty()) {
      toImage();
    } else if (before instanceof CnnToFeedForwardPreProcessor flatten) {
      flatten(flatten.getFormat() == CNN2DFormat.NHWC);
    } else if (channels > 0 || !(before instanceof ReshapePreprocessor)) {
      // On rows a reshape has nothing to do.
      throw refused(
          "%s before layer %d".formatted(before.getClass().getSimpleName(), steps.size()));
    }
  }

  private void flatten(boolean channelsLast) {
    if (channels == 0) {
      return;
    }
    // Straight after the input nothing was an image yet.
    if (steps.size() == 1 && steps.get(0) instanceof ExportStep.ToImage) {
      steps.clear();
    } else {
      steps.add(new ExportStep.FlattenStep(name("flatten"), height, width, channels));
    }
    if (channelsLast && channels > 1) {
      int pixels = height * width;
      int depth = channels;
      ownOrder =
          IntStream.range(0, pixels * depth).map(i -> i % pixels * depth + i / pixels).toArray();
    }
    channels = 0;
  }

  private void add(int index, org.deeplearning4j.nn.api.Layer layer) throws ModelException {
    Layer conf = layer.conf().getLayer();
    Map<String, INDArray> parameters = layer.paramTable();
    Class<?> kind = conf.getClass();
    if (kind == DenseLayer.class) {
      dense("dense", (DenseLayer) conf, parameters);
    } else if (kind == OutputLayer.class) {
      addDense("output", parameters);
      activation(((BaseOutputLayer) conf).getActivationFn());
    } else if (kind == ConvolutionLayer.class || kind == Convolution2D.class) {
      convolution((ConvolutionLayer) conf, parameters);
    } else if (conf instanceof SubsamplingLayer pooling) {
      pooling(pooling, index);
    } else if (conf instanceof GlobalPoolingLayer pooling) {
      globalPooling(pooling, index);
    } else if (conf instanceof BatchNormalization normalization) {
      batchNorm(normalization, parameters);
    } else if (conf instanceof ZeroPaddingLayer padding) {
      padding(padding);
    } else if (conf instanceof DropoutLayer dropout) {
      dropout(dropout);
    } else if (conf instanceof ActivationLayer activation) {
      activation(activation.getActivationFn());
    } else if (conf instanceof LossLayer loss) {
      activation(loss.getActivationFn());
    } else {
      throw refused("%s (%s)".formatted(named(conf, index), kind.getSimpleName()));
    }
  }

  private void dense(String name, DenseLayer conf, Map<String, INDArray> parameters)
      throws ModelException {
    if (conf.hasLayerNorm()) {
      throw refused("a dense layer with layer normalisation");
    }
    addDense(name, parameters);
    activation(conf.getActivationFn());
  }

  private void addDense(String name, Map<String, INDArray> parameters) {
    INDArray weights = ordered(parameters.get("W"));
    ownOrder = null;
    steps.add(new ExportStep.DenseStep(name(name), weights, bias(parameters, weights.size(1))));
  }

  private static INDArray bias(Map<String, INDArray> parameters, long units) {
    INDArray bias = parameters.get("b");
    return bias == null ? Nd4j.zeros(units) : bias.reshape(units);
  }

  private void convolution(ConvolutionLayer conf, Map<String, INDArray> parameters)
      throws ModelException {
    ExportStep.Sliding window =
        window(
            conf.getKernelSize(),
            conf.getStride(),
            conf.getDilation(),
            conf.getPadding(),
            conf.getConvolutionMode());
    INDArray weights = parameters.get("W");
    channels = (int) weights.size(0);
    steps.add(
        new ExportStep.Convolution(name("conv2d"), weights, bias(parameters, channels), window));
    activation(conf.getActivationFn());
  }

  private void pooling(SubsamplingLayer conf, int index) throws ModelException {
    PoolingType type = conf.getPoolingType();
    if (type != PoolingType.MAX && type != PoolingType.AVG) {
      throw refused("%s, pooling of the type %s,".formatted(named(conf, index), type));
    }
    boolean max = type == PoolingType.MAX;
    ExportStep.Sliding window =
        window(
            conf.getKernelSize(),
            conf.getStride(),
            conf.getDilation(),
            conf.getPadding(),
            conf.getConvolutionMode());
    steps.add(
        new ExportStep.PoolingStep(
            name(max ? "maxpool2d" : "avgpool2d"),
            max,
            conf.isAvgPoolIncludePadInDivisor(),
            window));
  }

  private void globalPooling(GlobalPoolingLayer conf, int index) throws ModelException {
    PoolingType type = conf.getPoolingType();
    if ((type != PoolingType.MAX && type != PoolingType.AVG) || !conf.isCollapseDimensions()) {
      throw refused("%s, global pooling of the type %s,".formatted(named(conf, index), type));
    }
    boolean max = type == PoolingType.MAX;
    String name = name(max ? "globalmaxpool" : "globalavgpool");
    steps.add(new ExportStep.GlobalPooling(name, max, channels));
    channels = 0;
  }

  private void batchNorm(BatchNormalization conf, Map<String, INDArray> parameters) {
    INDArray mean = parameters.get("mean");
    INDArray variance = parameters.get("var");
    if (variance == null) {
      INDArray deviation = Transforms.exp(parameters.get("log10stdev").mul(Math.log(10)), true);
      variance = deviation.mul(deviation);
    }
    INDArray gamma = parameters.get("gamma");
    INDArray beta = parameters.get("beta");
    if (gamma == null) {
      gamma = Nd4j.ones(mean.length()).muli(conf.getGamma());
      beta = Nd4j.ones(mean.length()).muli(conf.getBeta());
    }
    steps.add(
        new ExportStep.BatchNorm(
            name("batchnorm"),
            ordered(gamma.reshape(gamma.length())),
            ordered(beta.reshape(beta.length())),
            ordered(mean.reshape(mean.length())),
            ordered(variance.reshape(variance.length())),
            conf.getEps()));
  }

  /** What belongs to the numbers of a row, along the first dimension, in the order of the plan. */
  private INDArray ordered(INDArray values) {
    return ownOrder == null ? values : Tensors.reordered(values, ownOrder);
  }

  private void padding(ZeroPaddingLayer conf) {
    int[] zeros = conf.getPadding();
    ExportStep.Edges edges = new ExportStep.Edges(zeros[0], zeros[2], zeros[1], zeros[3]);
    height += edges.top() + edges.bottom();
    width += edges.left() + edges.right();
    steps.add(new ExportStep.PaddingStep(name("zeropadding"), edges));
  }

  private void dropout(DropoutLayer conf) {
    if (conf.getIDropout() instanceof org.deeplearning4j.nn.conf.dropout.Dropout dropout) {
      steps.add(new ExportStep.DropoutStep(name("dropout"), 1 - dropout.getP()));
    }
  }

  private void activation(IActivation function) throws ModelException {
    if (channels > 0 && function instanceof ActivationSoftmax) {
      throw refused("a softmax over images");
    }
    if (!(function instanceof ActivationIdentity)) {
      steps.add(new ExportStep.ActivationStep(name("activation"), function));
    }
  }

  /** Moves the window over the image that is there: its size is then that of the result. */
  private ExportStep.Sliding window(
      int[] kernel, int[] strides, int[] dilation, int[] padding, ConvolutionMode mode) {
    boolean same = mode == ConvolutionMode.Same;
    int[] sizes = {height, width};
    int[] before = new int[2];
    int[] after = new int[2];
    for (int d = 0; d < 2; d++) {
      int reach = (kernel[d] - 1) * dilation[d] + 1;
      if (same) {
        int positions = (sizes[d] + strides[d] - 1) / strides[d];
        int zeros = Math.max(0, (positions - 1) * strides[d] + reach - sizes[d]);
        before[d] = zeros / 2;
        after[d] = zeros - before[d];
        sizes[d] = positions;
      } else {
        before[d] = padding[d];
        after[d] = padding[d];
        sizes[d] = (sizes[d] + 2 * padding[d] - reach) / strides[d] + 1;
      }
    }
    height = sizes[0];
    width = sizes[1];
    return new ExportStep.Sliding(
        kernel,
        strides,
        dilation,
        new ExportStep.Edges(before[0], before[1], after[0], after[1]),
        same);
  }

  private String name(String kind) {
    long others = steps.stream().filter(step -> step.name().matches(kind + "(_\\d+)?")).count();
    return others == 0 ? kind : kind + "_" + others;
  }

  private static String named(Layer layer, int index) {
    return "its layer '%s'"
        .formatted(layer.getLayerName() == null ? String.valueOf(index) : layer.getLayerName());
  }

  private static ModelException refused(String what) {
    return new ModelException(
        "the model cannot be exported so: %s is nothing that mnist4j writes for other programs; the format dl4j takes every network"
            .formatted(what));
  }
}
