package io.mnist4j.model.layers;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;

/**
 * Takes the largest value of each window, channel by channel. Windows that would reach over the
 * edge are left out.
 *
 * @param kernel height and width of a window, 1 to 1000
 * @param stride by which it is moved, 1 to 1000
 */
@Key("the largest value of each square")
public record Maxpool2d(
    @Key(value = "rows and columns of the square that it moves over the image", min = 1, max = 1000)
        int kernel,
    @Key(value = "pixels that it moves by", min = 1, max = 1000) int stride)
    implements PoolingSpec {
  /** What a configuration file need not say: halves height and width. */
  public static final Maxpool2d DEFAULT = new Maxpool2d(2, 2);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public Maxpool2d {
    ConfigKey.requireInRange(Maxpool2d.class, kernel, stride);
  }

  @Override
  public PoolingType type() {
    return PoolingType.MAX;
  }
}
