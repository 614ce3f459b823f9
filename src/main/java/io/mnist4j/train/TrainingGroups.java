package io.mnist4j.train;

import java.util.List;

/**
 * The groups of the training images, and what they change.
 *
 * @param ofImages the group of each image, from 0
 * @param count of the groups, each of which has at least one image
 * @param weights what the loss of an image is multiplied by, for each group; empty where that is 1
 *     for all
 * @param balancedBatches whether all groups have as many images in a batch, as far as it can be
 *     dealt out
 */
public record TrainingGroups(
    int[] ofImages, int count, List<Double> weights, boolean balancedBatches) {
  public TrainingGroups {
    weights = List.copyOf(weights);
  }

  /** Whether images have weights. */
  public boolean hasWeights() {
    return !weights.isEmpty();
  }

  /** What the loss of an image is multiplied by. */
  public double weight(int image) {
    return weights.get(ofImages[image]);
  }
}
