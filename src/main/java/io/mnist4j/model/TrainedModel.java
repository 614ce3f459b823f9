package io.mnist4j.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

  /** Of paper on each side of MNIST's images in LeNet-5 (LeCun et al., 1998). */
  private static final int MARGIN = 2;

  private static final int MNIST_SIDE = 28;

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

  /** The range of the numbers that its first layer gets. */
  public InputRange effectiveRange() {
    return network.getLayerWiseConfigurations().getInputPreProcess(0) instanceof PixelInput input
        ? input.effectiveRange()
        : InputRange.UNIT;
  }

  /** The same network, as if it had been trained with another range of pixels. */
  public TrainedModel withRange(InputRange range) {
    if (range.equals(range())) {
      return this;
    }
    return with(provenance, origin, input -> input.withRange(range));
  }

  /**
   * A model for smaller images: LeCun's LeNet-5 takes 32x32, which are MNIST's 28x28 with paper
   * around, and so do networks of other programs that were made after it.
   *
   * @return the model itself if it takes this size, or none that paper could be put around
   */
  public TrainedModel fitting(int height, int width) {
    boolean framed =
        origin.isPresent()
            && provenance.height() == height + 2 * MARGIN
            && provenance.width() == width + 2 * MARGIN;
    if (!framed) {
      return this;
    }
    String note =
        "it takes images of %dx%d: those of %dx%d get %d pixels of paper on each side"
            .formatted(provenance.height(), provenance.width(), height, width, MARGIN);
    Origin from = origin.get();
    return with(
        Provenance.unknown(provenance.labels().size(), height, width, from.format()),
        Optional.of(from.withNote(note)),
        input -> input.withMargin(MARGIN));
  }

  /** As {@link #fitting}, for images of MNIST's size. */
  public TrainedModel fittingMnist() {
    return fitting(MNIST_SIDE, MNIST_SIDE);
  }

  private TrainedModel with(
      Provenance otherProvenance, Optional<Origin> otherOrigin, UnaryOperator<PixelInput> change) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
    InputPreProcessor first = configuration.getInputPreProcess(0);
    PixelInput before =
        first instanceof PixelInput input
            ? input
            : new PixelInput(InputRange.UNIT, 1, 0, ownLayout(), first);
    configuration.getInputPreProcessors().put(0, change.apply(before));
    MultiLayerNetwork other = new MultiLayerNetwork(configuration);
    other.init(network.params(), false);
    return new TrainedModel(other, otherProvenance, otherOrigin);
  }

  private InputLayout ownLayout() {
    return new InputLayout(provenance.height(), provenance.width(), InputLayout.Order.FLAT);
  }
}
