package io.mnist4j.model;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network with the record of where it comes from.
 *
 * @param network takes {@code [n, height * width]} float32 in 0 to 1, from any program
 * @param origin empty for what mnist4j itself has written
 */
public record TrainedModel(
    MultiLayerNetwork network, Provenance provenance, Optional<Origin> origin) {

  /** A model of our own. */
  public TrainedModel(MultiLayerNetwork network, Provenance provenance) {
    this(network, provenance, Optional.empty());
  }

  /**
   * What the network says.
   *
   * @param features {@code [n, height * width]} float32, 0 is paper and 1 is ink
   * @return {@code [n, classes]}: probabilities, unless its last layer makes something else
   */
  public INDArray outputs(INDArray features) {
    return network.output(features);
  }

  /** What the user should know of how the file was read. */
  public List<String> notes() {
    return origin.map(Origin::notes).orElse(List.of());
  }

  /** The range of pixels that the network was trained with. */
  public InputRange range() {
    return network.getLayerWiseConfigurations().getInputPreProcess(0) instanceof PixelInput input
        ? input.range()
        : InputRange.UNIT;
  }

  /** The same network, as if it had been trained with another range of pixels. */
  public TrainedModel withRange(InputRange range) {
    if (range.equals(range())) {
      return this;
    }
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
    InputPreProcessor first = configuration.getInputPreProcess(0);
    configuration
        .getInputPreProcessors()
        .put(
            0,
            first instanceof PixelInput input
                ? input.withRange(range)
                : new PixelInput(range, 1, 0, ownLayout(), first));
    MultiLayerNetwork other = new MultiLayerNetwork(configuration);
    other.init(network.params(), false);
    return new TrainedModel(other, provenance, origin);
  }

  private InputLayout ownLayout() {
    return new InputLayout(provenance.height(), provenance.width(), InputLayout.Order.FLAT);
  }
}
