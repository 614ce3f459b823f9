package io.mnist4j.model.layers;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015): γ (x - mean) / √(variance + ε) + β, per channel of
 * an image or per number of a row. In training mean and variance are the batch's; afterwards they
 * are running averages over the batches.
 *
 * @param momentum share of the old value when a running average moves on, 0 to below 1
 * @param epsilon added to the variance, above 0, at most 1
 */
@Key("normalises by mean and variance of the batch")
public record Batchnorm(
    @Key(
            value = "part of the running mean and variance that a batch leaves",
            min = 0,
            max = 1,
            belowMax = true)
        double momentum,
    @Key(value = "added to the variance", min = 0, aboveMin = true, max = 1) double epsilon)
    implements LayerSpec {
  /** Keras' constants. */
  public static final Batchnorm DEFAULT = new Batchnorm(0.99, 1e-3);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public Batchnorm {
    ConfigKey.requireInRange(Batchnorm.class, momentum, epsilon);
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public long trainedParameters(Shape input) {
    return 2 * features(input);
  }

  /** The running averages. */
  @Override
  public long statistics(Shape input) {
    return 2 * features(input);
  }

  @Override
  public void addTo(NeuralNetConfiguration.ListBuilder network, Shape input) {
    network.layer(
        new BatchNormalization.Builder()
            .nIn(features(input))
            .nOut(features(input))
            .decay(momentum)
            .eps(epsilon)
            // The logarithm, DL4J's default, becomes NaN where a value hardly ever changes.
            .useLogStd(false)
            // DL4J moves the running averages as if by a gradient, and would clip that too.
            .gradientNormalization(GradientNormalization.None)
            .build());
  }

  private static long features(Shape input) {
    return input instanceof Shape.Image image ? image.channels() : input.size();
  }
}
