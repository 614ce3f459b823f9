package io.mnist4j.model.foreign;

import io.mnist4j.model.InputLayout;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.Origin;
import io.mnist4j.model.PixelInput;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.archive.ForwardSize;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A network that another program wrote, before it can be asked like ours.
 *
 * @param parameters {@code [1, n]} float32, in DL4J's order
 * @param factor what the network multiplies the pixels by before its first layer; 1 for nothing
 * @param offset what it then adds; 0 for nothing
 * @param said what the file says besides
 */
record ForeignNetwork(
    MultiLayerConfiguration configuration,
    INDArray parameters,
    InputLayout layout,
    double factor,
    double offset,
    Said said) {

  /**
   * What a file says besides the network.
   *
   * @param format the program and its version
   * @param range of the pixels; empty where the file does not say it
   * @param labels names of the classes; empty where it does not say them
   * @param notes what a user should know, a line each
   */
  record Said(String format, Optional<InputRange> range, List<String> labels, List<String> notes) {}

  /** The same network of a file that says something else. */
  ForeignNetwork saying(Said other) {
    return new ForeignNetwork(configuration, parameters, layout, factor, offset, other);
  }

  /**
   * Puts what it lacks around the network: pixels in our range and shape at its entrance, a softmax
   * over logits and a loss at its end.
   *
   * @param asked the range that the user says
   * @throws UnreadableModelException if DL4J cannot run it
   */
  TrainedModel toModel(Optional<InputRange> asked) throws UnreadableModelException {
    try {
      ForwardSize.check(configuration, layout.type());
    } catch (IOException e) {
      throw new UnreadableModelException(e.getMessage(), e);
    }
    addOutput();
    InputRange pixels = asked.or(said::range).orElse(InputRange.UNIT);
    configuration
        .getInputPreProcessors()
        .put(
            0, new PixelInput(pixels, factor, offset, layout, configuration.getInputPreProcess(0)));
    configuration.setDataType(DataType.FLOAT);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    INDArray outputs;
    try {
      network.init(parameters, false);
      outputs = network.output(Nd4j.zeros(DataType.FLOAT, 1, layout.pixels()));
    } catch (RuntimeException e) {
      throw new UnreadableModelException(
          "its layers and weights do not fit %dx%d images: %s"
              .formatted(layout.height(), layout.width(), e.getMessage()),
          e);
    }
    if (outputs.rank() != 2 || outputs.size(1) < 2) {
      throw new UnreadableModelException(
          "its last layer does not give a figure for each class, but an array of %s"
              .formatted(Arrays.toString(outputs.shape())));
    }
    Provenance provenance =
        Provenance.unknown((int) outputs.size(1), layout.height(), layout.width(), said.format());
    if (said.labels().size() == outputs.size(1)) {
      provenance = provenance.withLabels(said.labels());
    }
    boolean known = asked.isPresent() || said.range().isPresent();
    return new TrainedModel(
        network, provenance, Optional.of(new Origin(said.format(), known, said.notes())));
  }

  /** Everything that asks a network relies on a last layer with a loss. */
  private void addOutput() {
    List<NeuralNetConfiguration> layers = configuration.getConfs();
    int last = layers.size() - 1;
    Layer layer = layers.get(last).getLayer();
    if (layer instanceof BaseOutputLayer output) {
      if (output.getActivationFn() instanceof ActivationIdentity
          && output.getLossFn() instanceof LossMCXENT) {
        output.setActivationFn(new ActivationSoftmax());
      }
      return;
    }
    if (layer instanceof LossLayer loss) {
      if (!(loss.getActivationFn() instanceof ActivationIdentity)) {
        return;
      }
      layers.remove(last);
    }
    IActivation activation = lastActivation(layers);
    boolean logits = activation instanceof ActivationIdentity;
    NeuralNetConfiguration added = layers.get(layers.size() - 1).clone();
    added.setLayer(
        new LossLayer.Builder(lossFor(activation))
            .activation(logits ? new ActivationSoftmax() : new ActivationIdentity())
            // Meaningless here, but DL4J takes a configuration that lacks them for a very old one.
            .weightInit(WeightInit.ZERO)
            .updater(new Sgd())
            .biasInit(0)
            .build());
    layers.add(added);
  }

  private static ILossFunction lossFor(IActivation activation) {
    if (activation instanceof ActivationIdentity || activation instanceof ActivationSoftmax) {
      return new LossMCXENT();
    }
    return activation instanceof ActivationSigmoid ? new LossBinaryXENT() : new LossMSE();
  }

  private static IActivation lastActivation(List<NeuralNetConfiguration> layers) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i).getLayer();
      if (layer instanceof ActivationLayer activation) {
        return activation.getActivationFn();
      }
      if (layer instanceof GlobalPoolingLayer || layer instanceof BatchNormalization) {
        break;
      }
      if (layer instanceof BaseLayer base && !(layer instanceof DropoutLayer)) {
        return base.getActivationFn();
      }
    }
    return new ActivationIdentity();
  }
}
