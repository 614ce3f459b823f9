package io.mnist4j.eval;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The outputs of a network for labelled images. */
public final class Predictions {
  private final ImageSet images;
  private final int classes;
  private final float[] outputs;
  private final double[] losses;
  private final int[] said;

  /**
   * @param images at least one; label = output of the network
   * @param outputs {@code [n, classes]} row by row, taken without a copy
   * @param loss of one image
   * @throws IllegalArgumentException if the sizes contradict each other, or there is no image
   */
  Predictions(ImageSet images, float[] outputs, ImageLoss loss) {
    if (images.size() == 0 || outputs.length == 0 || outputs.length % images.size() != 0) {
      throw new IllegalArgumentException(
          "%d outputs of %d images".formatted(outputs.length, images.size()));
    }
    this.images = images;
    this.outputs = outputs;
    classes = outputs.length / images.size();
    said = new int[images.size()];
    losses = new double[said.length];
    for (int image = 0; image < said.length; image++) {
      int first = image * classes;
      said[image] = argMax(image);
      losses[image] =
          loss.of(Arrays.copyOfRange(outputs, first, first + classes), images.label(image));
    }
  }

  private Predictions(Predictions all, int[] chosen) {
    images = all.images.subset(chosen);
    classes = all.classes;
    outputs = new float[chosen.length * classes];
    said = new int[chosen.length];
    losses = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(all.outputs, chosen[i] * classes, outputs, i * classes, classes);
      said[i] = all.said[chosen[i]];
      losses[i] = all.losses[chosen[i]];
    }
  }

  /**
   * Predictions of outputs that are known already.
   *
   * @param network whose loss is taken
   * @param images at least one; label = output of the network
   * @param outputs {@code [n, classes]} row by row, taken without a copy
   * @throws IllegalArgumentException if the sizes contradict each other, or there is no image
   */
  public static Predictions of(MultiLayerNetwork network, ImageSet images, float[] outputs) {
    return new Predictions(images, outputs, ImageLoss.of(network));
  }

  /**
   * What a network says of images.
   *
   * @param images at least one, of the size that the network takes; label = output of the network
   */
  public static Predictions of(MultiLayerNetwork network, ImageSet images) {
    float[] outputs =
        ForwardPass.outputs(
            network, images.size(), (first, last) -> Tensors.features(images, first, last));
    return of(network, images, outputs);
  }

  private int argMax(int image) {
    int first = image * classes;
    int best = first;
    for (int i = first + 1; i < first + classes; i++) {
      if (outputs[i] > outputs[best]) {
        best = i;
      }
    }
    return best - first;
  }

  /**
   * Those of some of the images.
   *
   * @param chosen indices of at least one image
   */
  public Predictions of(int[] chosen) {
    return new Predictions(this, chosen);
  }

  /** The images, with their labels. */
  public ImageSet images() {
    return images;
  }

  /** The number of images. */
  public int size() {
    return images.size();
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** The mean of the network's own loss: in nats for cross-entropy. */
  public double loss() {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }

  /** The network's own loss for one image: in nats for cross-entropy. */
  public double loss(int image) {
    return losses[image];
  }

  /** Right answers and loss. */
  public Evaluation evaluation() {
    int correct = (int) IntStream.range(0, size()).filter(this::isRight).count();
    return new Evaluation(size(), correct, loss());
  }

  /** The network's output for one image and class: a probability with softmax. */
  public float output(int image, int label) {
    return outputs[image * classes + label];
  }

  /** The predicted class: the one with the largest output, of equals the first. */
  public int said(int image) {
    return said[image];
  }

  /** The predicted class's output. */
  public float confidence(int image) {
    return output(image, said(image));
  }

  /** Whether the network named the image's class. */
  public boolean isRight(int image) {
    return said(image) == images.label(image);
  }

  /**
   * How many classes the network holds more likely than the right one: 0 where it is right. Of
   * equal outputs the first counts as more likely.
   */
  public int classesAhead(int image) {
    int first = image * classes;
    int right = first + images.label(image);
    int ahead = 0;
    for (int i = first; i < first + classes; i++) {
      if (outputs[i] > outputs[right] || (outputs[i] == outputs[right] && i < right)) {
        ahead++;
      }
    }
    return ahead;
  }

  /** Whether all outputs lie in 0 to 1, so that they can be taken for probabilities. */
  public boolean areProbabilities() {
    for (float output : outputs) {
      if (!(output >= 0 && output <= 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The images that the network took for another class, the most confident mistakes first.
   *
   * @return indices of images
   */
  public List<Integer> mistakes() {
    return IntStream.range(0, size())
        .filter(image -> !isRight(image))
        .boxed()
        .sorted(Comparator.comparing(this::confidence, Comparator.reverseOrder()))
        .toList();
  }
}
