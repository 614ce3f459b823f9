package io.mnist4j.explain;

import io.mnist4j.eval.ForwardPass;
import io.mnist4j.model.TrainedModel;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the preference of a network for a class changes with each pixel, by backpropagation through
 * the network as it predicts: batch normalisation takes its running averages and nothing is dropped
 * out, which Deeplearning4j's own way back does in training only. For one thread at a time.
 */
final class PixelGradient {
  /** By which the same figure in two ways differs at most, by rounding; relative. */
  private static final double TOLERANCE = 1e-3;

  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private final MultiLayerNetwork network;
  private final MultiLayerConfiguration configuration;
  private final IActivation lastActivation;
  private final int pixels;
  private final int imagesAtOnce;

  /**
   * That of a model; empty where it cannot be had, for the network has a layer that goes back in
   * training only or in another way than the usual ones.
   *
   * @param model whose network is shared but not changed: it must not learn meanwhile
   */
  static Optional<PixelGradient> of(TrainedModel model) {
    try {
      PixelGradient gradient = new PixelGradient(model);
      return gradient.isOf(model) ? Optional.of(gradient) : Optional.empty();
    } catch (RuntimeException e) {
      // Deeplearning4j has no one exception for what it cannot do.
      return Optional.empty();
    }
  }

  private PixelGradient(TrainedModel model) {
    configuration = model.network().getLayerWiseConfigurations().clone();
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      layer.getLayer().setIDropout(null);
    }
    network = new MultiLayerNetwork(configuration);
    network.init(model.network().params(), false);
    network.initGradientsView();
    for (Layer layer : network.getLayers()) {
      layer.setCacheMode(CacheMode.NONE);
    }
    lastActivation = activationOfLoss(network.getOutputLayer().conf().getLayer());
    pixels = model.provenance().height() * model.provenance().width();
    imagesAtOnce = ForwardPass.imagesAtOnce(network);
  }

  private static IActivation activationOfLoss(org.deeplearning4j.nn.conf.layers.Layer last) {
    if (last instanceof BaseOutputLayer output) {
      return output.getActivationFn();
    }
    if (last instanceof LossLayer loss) {
      return loss.getActivationFn();
    }
    throw new IllegalArgumentException("a network whose last layer has no loss: " + last);
  }

  /** Whether it says of an image what the model itself says. */
  private boolean isOf(TrainedModel model) {
    float[] grey = new float[pixels];
    Arrays.fill(grey, 0.5f);
    INDArray features = Nd4j.create(grey, new long[] {1, pixels}, 'c').castTo(DataType.FLOAT);
    float[] outputs = model.outputs(features).dup('c').data().asFloat();
    Slopes slopes = of(grey, new int[] {0}, ClassMargin.LOG_ODDS);
    double expected = ClassMargin.LOG_ODDS.ofOutputs(outputs, 0, outputs.length, 0);
    return slopes.slopes().length == pixels
        && Math.abs(slopes.margins()[0] - expected) < TOLERANCE * (1 + Math.abs(expected));
  }

  /**
   * What was found of some images.
   *
   * @param margins [n] preference for the class of each image
   * @param slopes [n, height * width] its derivatives by the pixels, which are 0 to 1
   */
  record Slopes(double[] margins, float[] slopes) {}

  /**
   * Margins and slopes.
   *
   * @param images [n, height * width] 0 is paper and 1 is ink
   * @param labels [n] the class that is asked about, of each image
   */
  Slopes of(float[] images, int[] labels, ClassMargin margin) {
    double[] margins = new double[labels.length];
    float[] slopes = new float[images.length];
    for (int first = 0; first < labels.length; first += imagesAtOnce) {
      int last = Math.min(labels.length, first + imagesAtOnce);
      float[] batch = Arrays.copyOfRange(images, first * pixels, last * pixels);
      INDArray features =
          Nd4j.create(batch, new long[] {last - first, pixels}, 'c').castTo(DataType.FLOAT);
      INDArray scores = forward(features);
      INDArray epsilon = outputSlopes(scores, labels, first, margin, margins);
      float[] found = backward(epsilon).dup('c').data().asFloat();
      System.arraycopy(found, 0, slopes, first * pixels, found.length);
    }
    return new Slopes(margins, slopes);
  }

  /** From pixels to what goes into the activation of the last layer, {@code [n, classes]}. */
  private INDArray forward(INDArray features) {
    int images = (int) features.size(0);
    INDArray values = features;
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      InputPreProcessor before = configuration.getInputPreProcess(i);
      if (before != null) {
        values = before.preProcess(values, images, NO_WORKSPACES);
      }
      layers[i].setInputMiniBatchSize(images);
      layers[i].setInput(values, NO_WORKSPACES);
      if (i < layers.length - 1) {
        values = layers[i].activate(false, NO_WORKSPACES);
      }
    }
    Layer last = network.getOutputLayer();
    if (!hasWeights(last)) {
      return values;
    }
    INDArray scores = values.mmul(last.getParam(DefaultParamInitializer.WEIGHT_KEY));
    INDArray bias = last.getParam(DefaultParamInitializer.BIAS_KEY);
    return bias == null ? scores : scores.addiRowVector(bias);
  }

  private static boolean hasWeights(Layer last) {
    return last.conf().getLayer() instanceof BaseOutputLayer;
  }

  /**
   * The derivatives of the margins by the scores, {@code [n, classes]}.
   *
   * @param first index of the first of these images among all
   * @param margins of all images, those of these are filled in
   */
  private INDArray outputSlopes(
      INDArray scores, int[] labels, int first, ClassMargin margin, double[] margins) {
    boolean softmax = lastActivation instanceof ActivationSoftmax;
    INDArray outputs = softmax ? scores : lastActivation.getActivation(scores.dup(), false);
    int images = (int) scores.size(0);
    int classes = (int) scores.size(1);
    float[] numbers = outputs.dup('c').data().asFloat();
    float[] slopes = new float[numbers.length];
    double[] row = new double[classes];
    double[] rowSlopes = new double[classes];
    for (int image = 0; image < images; image++) {
      for (int i = 0; i < classes; i++) {
        row[i] = numbers[image * classes + i];
      }
      int label = labels[first + image];
      margins[first + image] =
          softmax ? margin.of(row, label, rowSlopes) : margin.ofOutputs(row, label, rowSlopes);
      for (int i = 0; i < classes; i++) {
        slopes[image * classes + i] = (float) rowSlopes[i];
      }
    }
    INDArray byOutputs =
        Nd4j.create(slopes, new long[] {images, classes}, 'c').castTo(DataType.FLOAT);
    return softmax ? byOutputs : lastActivation.backprop(scores.dup(), byOutputs).getFirst();
  }

  /** From derivatives by the scores to those by the pixels. */
  private INDArray backward(INDArray byScores) {
    int images = (int) byScores.size(0);
    Layer[] layers = network.getLayers();
    INDArray epsilon = byScores;
    for (int i = layers.length - 1; i >= 0; i--) {
      epsilon = backward(layers[i], epsilon, i == layers.length - 1);
      InputPreProcessor before = configuration.getInputPreProcess(i);
      if (before != null) {
        epsilon = before.backprop(epsilon, images, NO_WORKSPACES);
      }
    }
    return epsilon;
  }

  private static INDArray backward(Layer layer, INDArray epsilon, boolean last) {
    if (last) {
      return hasWeights(layer)
          ? epsilon.mmul(layer.getParam(DefaultParamInitializer.WEIGHT_KEY).transpose())
          : epsilon;
    }
    return layer instanceof BatchNormalization
        ? normalized(layer, epsilon)
        : layer.backpropGradient(epsilon, NO_WORKSPACES).getSecond();
  }

  /**
   * Back through batch normalisation as it predicts, which multiplies and adds: its slope is what
   * becomes of 1 less what becomes of 0.
   */
  private static INDArray normalized(Layer layer, INDArray epsilon) {
    long[] one = epsilon.shape().clone();
    one[0] = 1;
    layer.setInput(Nd4j.zeros(DataType.FLOAT, one), NO_WORKSPACES);
    INDArray ofZero = layer.activate(false, NO_WORKSPACES).dup('c');
    layer.setInput(Nd4j.ones(DataType.FLOAT, one), NO_WORKSPACES);
    INDArray slope = layer.activate(false, NO_WORKSPACES).dup('c').subi(ofZero);
    long numbers = slope.length();
    return epsilon
        .dup('c')
        .reshape('c', epsilon.size(0), numbers)
        .muliRowVector(slope.reshape('c', 1, numbers))
        .reshape('c', epsilon.shape());
  }
}
