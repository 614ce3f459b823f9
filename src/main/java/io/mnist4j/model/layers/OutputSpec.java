package io.mnist4j.model.layers;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/**
 * The last layer, fully connected with one unit for each class, and what it is measured by.
 *
 * @param activation softmax or sigmoid for the cross-entropy, any for the squared error
 * @param labelSmoothing share ε of the target that is spread over all classes, 0 to below 1
 *     (Szegedy et al., 2016, section 7); for softmax with cross-entropy only
 * @param weightInit how the weights are drawn; the biases are zero at first
 */
public record OutputSpec(
    @Key("what the outputs go through; cross-entropy takes softmax or sigmoid")
        Activation activation,
    @Key("what training makes small") Loss loss,
    @Key(
            value = "share of the target that is spread over all classes",
            min = 0,
            max = 1,
            belowMax = true)
        double labelSmoothing,
    @Key("the distribution that its weights start from") WeightInit weightInit) {
  /** Softmax with cross-entropy. */
  public static final OutputSpec DEFAULT =
      new OutputSpec(Activation.SOFTMAX, Loss.CROSS_ENTROPY, 0, WeightInit.GLOROT_UNIFORM);

  /**
   * @throws IllegalArgumentException if a value is out of range or contradicts another; the message
   *     begins with its key
   */
  public OutputSpec {
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(weightInit, "weightInit");
    if (loss == Loss.CROSS_ENTROPY
        && activation != Activation.SOFTMAX
        && activation != Activation.SIGMOID) {
      throw new IllegalArgumentException(
          "activation must be softmax or sigmoid for the loss cross-entropy, which takes the"
              + " logarithm of it");
    }
    ConfigKey.requireInRange(OutputSpec.class, labelSmoothing);
    if (labelSmoothing > 0 && (loss != Loss.CROSS_ENTROPY || activation != Activation.SOFTMAX)) {
      throw new IllegalArgumentException(
          "label-smoothing is for the activation softmax with the loss cross-entropy; set it to 0");
    }
  }

  /** The target of the unit that belongs to the image's class: 1 - ε + ε / classes. */
  public double targetOfLabel(int classes) {
    return 1 - labelSmoothing + labelSmoothing / classes;
  }

  /** The target of every other unit: ε / classes. */
  public double targetOfOthers(int classes) {
    return labelSmoothing / classes;
  }

  /** What the units are to become for an image of each class: {@code [label][unit]}. */
  public float[][] targets(int classes) {
    float[][] targets = new float[classes][classes];
    for (int label = 0; label < classes; label++) {
      Arrays.fill(targets[label], (float) targetOfOthers(classes));
      targets[label][label] = (float) targetOfLabel(classes);
    }
    return targets;
  }

  public void addTo(NeuralNetConfiguration.ListBuilder network, Shape input, int classes) {
    network.layer(
        new OutputLayer.Builder(loss.nd4j(activation))
            .nIn(input.size())
            .nOut(classes)
            .activation(activation.nd4j())
            .weightInit(weightInit.dl4j())
            .build());
  }
}
