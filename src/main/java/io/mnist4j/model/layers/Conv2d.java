package io.mnist4j.model.layers;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/**
 * A convolution: each filter is moved over the image and gives one channel of the result. Its bias
 * is zero at first.
 *
 * @param filters channels of the output, 1 to 65536
 * @param kernel height and width of a filter, 1 to 1000
 * @param stride by which it is moved, 1 to 1000; with the padding same at most the kernel
 * @param activation any but softmax, which ND4J would take over the columns of the image
 * @param weightInit how the filters are drawn
 */
@Key("a convolution")
public record Conv2d(
    @Key(value = "channels of the output", min = 1, max = 65_536) int filters,
    @Key(value = "rows and columns of the square that it moves over the image", min = 1, max = 1000)
        int kernel,
    @Key(value = "pixels that it moves by", min = 1, max = 1000) int stride,
    @Key("valid: only where the kernel fits; same: the size stays, at stride 1") Padding padding,
    @Key("what its outputs go through") Activation activation,
    @Key("the distribution that its weights start from") WeightInit weightInit)
    implements LayerSpec {
  /** What a configuration file need not say. */
  public static final Conv2d DEFAULT =
      new Conv2d(32, 3, 1, Padding.VALID, Activation.RELU, WeightInit.GLOROT_UNIFORM);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public Conv2d {
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(weightInit, "weightInit");
    ConfigKey.requireInRange(Conv2d.class, filters, kernel, stride);
    new Window(kernel, stride, padding);
    if (activation == Activation.SOFTMAX) {
      throw new IllegalArgumentException(
          "activation cannot be softmax in a conv2d; it is for dense layers and the output");
    }
  }

  @Override
  public boolean needsImage() {
    return true;
  }

  @Override
  public Shape output(Shape input) {
    return new Window(kernel, stride, padding).over(input, key(), filters);
  }

  @Override
  public long trainedParameters(Shape input) {
    long weightsOfFilter = (long) kernel * kernel * Window.image(input, key()).channels();
    return (weightsOfFilter + 1) * filters;
  }

  @Override
  public void addTo(NeuralNetConfiguration.ListBuilder network, Shape input) {
    network.layer(
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .convolutionMode(padding.dl4j())
            .nIn(Window.image(input, key()).channels())
            .nOut(filters)
            .activation(activation.nd4j())
            .weightInit(weightInit.dl4j())
            .build());
  }
}
