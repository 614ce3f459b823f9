package io.mnist4j.data.augment;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * How far training images are bent, how their strokes are changed, and how often a part of one is
 * erased. Each image gets its own random amounts, uniform up to the given ones; 0 turns a way off.
 *
 * @param shift pixels in each direction, 0 to 1000
 * @param rotate degrees either way about the image's middle, 0 to 180
 * @param scale share by which an image grows or shrinks, 0 to 0.9; 0.1 is 0.9 to 1.1 times its size
 * @param elastic strength of a smooth random displacement: the root mean square, over all pixels
 *     and images, of how many pixels a point moves in each direction, 0 to 100. Simard, Steinkraus
 *     and Platt ("Best Practices for Convolutional Neural Networks", 2003) move MNIST's points by
 *     about 1.4. The displacement is as smooth as theirs: blurred by a Gaussian with a σ of a
 *     seventh of the image's shorter side, their 4 pixels of 28.
 * @param erasing probability of {@link RandomErasing}, 0 to 1
 * @param slant degrees by which upright strokes lean to either side, 0 to 60
 * @param stroke pixels by which strokes become thicker or thinner on each side, 0 to 10
 * @param noise share of full ink by which each pixel of a stroke becomes lighter or darker, 0 to 1
 */
public record AugmentationSpec(
    @Key(value = "pixels in each direction", min = 0, max = 1000) double shift,
    @Key(value = "degrees either way", min = 0, max = 180) double rotate,
    @Key(value = "share by which an image grows or shrinks", min = 0, max = 0.9) double scale,
    @Key(value = "pixels that points move by in a smooth random field", min = 0, max = 100)
        double elastic,
    @Key(value = "chance that a rectangle of an image becomes paper", min = 0, max = 1)
        double erasing,
    @Key(value = "degrees by which digits lean to either side", min = 0, max = 60) double slant,
    @Key(value = "pixels by which strokes grow or shrink on each side", min = 0, max = 10)
        double stroke,
    @Key(value = "share of full ink by which pixels of a stroke change", min = 0, max = 1)
        double noise) {
  /** Images as they are. */
  public static final AugmentationSpec DEFAULT = new AugmentationSpec(0, 0, 0, 0);

  /** Images that are bent, and nothing else. */
  public AugmentationSpec(double shift, double rotate, double scale, double elastic) {
    this(shift, rotate, scale, elastic, 0, 0, 0, 0);
  }

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public AugmentationSpec {
    ConfigKey.requireInRange(
        AugmentationSpec.class, shift, rotate, scale, elastic, erasing, slant, stroke, noise);
  }

  /** Whether images stay as they are. */
  public boolean isOff() {
    return !bends() && !changesStrokes() && erasing == 0;
  }

  /** Whether pixels move. */
  boolean bends() {
    return shift != 0 || rotate != 0 || scale != 0 || elastic != 0 || slant != 0;
  }

  /** Whether ink comes or goes where strokes are. */
  boolean changesStrokes() {
    return stroke != 0 || noise != 0;
  }
}
